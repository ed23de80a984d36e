/** A check-in as it was told, with what a screen needs to say it. */
import { type CheckIn, type DosingSession, get, type NotReread } from '../api/index.ts'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { fetchRereading } from '../rereading/data.ts'
import { fetchLexicon, fetchSessions, numbered } from './data.ts'

export interface Told {
  checkIn: CheckIn
  of: { session: DosingSession; number: number } | undefined
  lexicon: Lexicon
  /** It is still to be re-read. */
  waits: NotReread | undefined
}

export async function fetchTold(id: string): Promise<Told> {
  const [{ data: checkIn }, sessions, lexicon, rereading] = await Promise.all([
    get('/check-ins/{row_id}', { path: { row_id: id } }),
    fetchSessions(),
    fetchLexicon(),
    fetchRereading(),
  ])
  return {
    checkIn,
    of: numbered(sessions.rows).find(({ session }) => session.id === checkIn.session_id),
    lexicon,
    waits: rereading.items.find(({ check_in_id }) => check_in_id === id),
  }
}
