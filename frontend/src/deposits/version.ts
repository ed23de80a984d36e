import words from 'messages/sessions'
import type { CheckInDraft, SessionDraft } from '../api/index.ts'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { type Line, versionOfCheckIn, versionOfSession } from '../sessions/say.ts'

export interface Told {
  check_in: CheckInDraft
  session?: SessionDraft
}

/** A check-in, and of its session what was told with it. */
export function versionOf({ check_in, session }: Told, lexicon: Lexicon): Line[] {
  const facts = session ? versionOfSession(session, lexicon, words) : []
  return [
    ...facts.map((line) => ({ ...line, key: `session ${line.key}`, under: words.facts })),
    ...versionOfCheckIn(check_in, lexicon, words),
  ]
}
