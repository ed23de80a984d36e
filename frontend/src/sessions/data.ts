/** Reading sessions and check-ins for a screen. */
import {
  type Addition,
  type Answer,
  type CheckIn,
  type CheckInDraft,
  type Course,
  type DosingSession,
  get,
  type SessionDraft,
} from '../api/index.ts'
import { loadCatalogue } from '../catalogue/index.ts'
import { Lexicon } from '../catalogue/lexicon.ts'

/** A row that is not as it was sealed: nothing of it is told but that it is there. */
interface Unopened {
  id: string
  opens: false
}

export interface Rows<T> {
  rows: T[]
  /** How many are not as they were sealed. */
  unopened: number
}

export const etagOf = ({ revision }: { revision: number }): string => `"${revision}"`

export const fetchSessions = () => every((cursor) => get('/sessions', { query: { limit: 100, cursor } }))

/** Of one session, or all there are. */
export const fetchCheckIns = (session?: string) =>
  every((cursor) => get('/check-ins', { query: { limit: 100, cursor, session } }))

export const fetchCourses = async (): Promise<Course[]> =>
  (await every((cursor) => get('/courses', { query: { limit: 100, cursor } }))).rows

export const fetchAdditions = async (): Promise<Addition[]> =>
  (await every((cursor) => get('/additions', { query: { limit: 100, cursor } }))).rows

export const fetchLexicon = async (): Promise<Lexicon> => {
  const [catalogue, additions] = await Promise.all([loadCatalogue(), fetchAdditions()])
  return new Lexicon(catalogue, additions)
}

/** Every row of a list, page by page. */
async function every<T extends { revision: number }>(
  page: (cursor?: string) => Promise<Answer<{ items: (T | Unopened)[]; next?: string }>>,
): Promise<Rows<T>> {
  const found: Rows<T> = { rows: [], unopened: 0 }
  let cursor: string | undefined
  do {
    const { data } = await page(cursor)
    for (const row of data.items) {
      if ('opens' in row) found.unopened++
      else found.rows.push(row)
    }
    cursor = data.next
  } while (cursor)
  return found
}

export const sinceEpoch = ({ ratings }: { ratings: { happened_at: string } }): number =>
  Date.parse(ratings.happened_at)

/** In the order they happened, each with its number: the patient's own, or its place in the line. */
export function numbered(sessions: readonly DosingSession[]): { session: DosingSession; number: number }[] {
  const line = [...sessions].sort((a, b) => sinceEpoch(a) - sinceEpoch(b))
  return line.map((session, place) => ({ session, number: session.ratings.number ?? place + 1 }))
}

/** What is sent back when a row is changed: the row without what the server adds. */
export function draftOf(row: DosingSession): SessionDraft
export function draftOf(row: CheckIn): CheckInDraft
export function draftOf({ id, revision, ...draft }: CheckIn | DosingSession) {
  return draft
}
