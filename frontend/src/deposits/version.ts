/** What a deposit says, in words. */
import words from 'messages/sessions'
import type { AdditionDraft, CheckInDraft, Deposit, SessionDraft } from '../api/index.ts'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { type Line, versionOfCheckIn, versionOfSession } from '../sessions/say.ts'

export interface Mine {
  check_in: CheckInDraft & { id: string; based_on?: number }
  session?: SessionDraft & { id: string }
  /** Sensations named on the phone. */
  additions?: (AdditionDraft & { id: string })[]
}

/** As the phone wrote it. The server shows it unchecked where that is why it waits, so it may be anything. */
export const mineOf = ({ mine }: Deposit): Mine | undefined => mine as Mine | undefined

/** Sensations named on the phone, which the journal may not know yet. */
export function additionsOf(deposit: Deposit): NonNullable<Mine['additions']> {
  const named = mineOf(deposit)?.additions
  return Array.isArray(named) ? named.filter((each) => each?.id) : []
}

/** A check-in, a session that was told of with it, or both. */
export function versionOf(
  { check_in, session }: { check_in?: CheckInDraft; session?: SessionDraft },
  lexicon: Lexicon,
): Line[] {
  const facts = session ? versionOfSession(session, lexicon, words) : []
  return [
    ...facts.map((line) => ({ ...line, key: `session ${line.key}`, under: words.facts })),
    ...(check_in ? versionOfCheckIn(check_in, lexicon, words) : []),
  ]
}
