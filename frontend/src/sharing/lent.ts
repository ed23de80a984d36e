/** Rows as a reviewer sees them, put in words by what is lent alone. Pure. */
import type { Catalogue } from '../catalogue/index.ts'
import { Lexicon } from '../catalogue/lexicon.ts'
import { answersOf, type Line, type Words } from '../sessions/say.ts'
import type { AsLent, CheckInAsLent, SessionAsLent } from './types.ts'

/** Names of sensations of the patient's own are known where words are lent. */
export function lexiconOf({ own_terms }: Pick<AsLent, 'own_terms'>, catalogue: Catalogue): Lexicon {
  const own = Object.entries(own_terms).map(([id, label]) => ({
    id: id.replace(/^own\./, ''),
    ratings: { list: 'noticed' },
    story: { label },
  }))
  return new Lexicon(catalogue, own)
}

/** Every answer of a check-in, and what was added later. */
export const linesOf = (checkIn: CheckInAsLent, lexicon: Lexicon, words: Words): Line[] => [
  ...answersOf(checkIn, lexicon, words),
  ...notesOf(checkIn, words),
]

export const notesOf = ({ story }: CheckInAsLent | SessionAsLent, words: Words): Line[] =>
  (story?.notes ?? []).map(({ id, text }) => ({
    key: id,
    label: words.note,
    text,
    own: true,
    under: words.notes,
  }))

export interface Group {
  session?: SessionAsLent
  checkIns: CheckInAsLent[]
}

const sinceEpoch = ({ ratings }: CheckInAsLent | SessionAsLent): number => Date.parse(ratings.happened_at)

/** Each session with its check-ins in the order they happened; those of none at the end. */
export function groupsOf({ sessions, check_ins }: Pick<AsLent, 'sessions' | 'check_ins'>): Group[] {
  const told = [...check_ins].sort((a, b) => sinceEpoch(a) - sinceEpoch(b))
  const known = new Set(sessions.map(({ id }) => id))
  const groups: Group[] = [...sessions]
    .sort((a, b) => sinceEpoch(a) - sinceEpoch(b))
    .map((session) => ({ session, checkIns: told.filter(({ session_id }) => session_id === session.id) }))
  const apart = told.filter(({ session_id }) => !session_id || !known.has(session_id))
  return apart.length ? [...groups, { checkIns: apart }] : groups
}
