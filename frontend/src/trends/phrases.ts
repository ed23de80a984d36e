/** Sentences and names of the charts. They describe what was told and infer nothing. */
import messages from 'messages/trends'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { longDay } from '../elements/when.ts'
import { fill, plural } from '../text.ts'
import type { Lift, Pick, Session } from './data.ts'
import { type Mark, tally } from './marks.ts'
import type { Row } from './rows.ts'
import { type Amount, about, atLeast, noLater } from './spans.ts'

export const sessionName = ({ number }: Session): string => fill(messages.session, { number })

/** "20 November 2026", "Nasal spray", "56 mg": what is known of it. */
export const sessionFacts = (session: Session, words: Lexicon): string[] =>
  [
    longDay(session.happened_at, session.time_zone),
    words.route(session.route),
    words.dose(session.dose),
  ].filter((fact) => fact !== undefined)

/** All of it in one line. */
export const sessionLine = (session: Session, words: Lexicon): string =>
  [sessionName(session), ...sessionFacts(session, words)].join(', ')

export const monthName = (at: number): string =>
  new Intl.DateTimeFormat(document.documentElement.lang, { month: 'short', timeZone: 'UTC' }).format(at)

export const amount = ({ count, unit }: Amount): string => plural(messages.amounts[unit], count)

/** "2 hours before", "3 days after". */
export const elapsedWords = (hours: number): string =>
  fill(hours < 0 ? messages.before : messages.after, { amount: amount(about(hours)) })

export function liftSentence(lift: Lift | undefined): string {
  if (!lift) return messages.noMood
  const { state, baseline = '', last_above_hours, first_back_hours } = lift
  return fill(messages.lift[state as keyof typeof messages.lift], {
    baseline,
    last: last_above_hours === undefined ? '' : amount(atLeast(last_above_hours)),
    back: first_back_hours === undefined ? '' : amount(noLater(first_back_hours)),
  })
}

/** The same in a few words. */
export const liftShort = (lift: Lift | undefined): string =>
  lift ? messages.liftShort[lift.state as keyof typeof messages.liftShort] : messages.noMood

/** What a strip shows, for those who do not see it. */
export function rowSentence({ label, marks, pickable }: Row): string {
  const { answered, chosen, rated, lowest = 0, highest = 0 } = tally(marks)
  const picked = fill(pickable ? messages.picked : messages.answered, {
    label,
    chosen,
    of: pickable ? answered : marks.length,
  })
  if (!rated) return picked
  return `${picked} ${fill(lowest === highest ? messages.ratedOnce : messages.rated, { lowest, highest })}`
}

export const markWords = (mark: Mark): string | number =>
  mark.kind === 'rated' ? mark.value : messages.marks[mark.kind]

/** Everything else that was said of a sensation in a session. */
export function detailWords(point: Pick | undefined, term: string, words: Lexicon): string {
  if (!point) return ''
  const { valence, passed, still_here } = point
  const said = (['direction', 'aspects', 'where'] as const).flatMap((kind) =>
    words.choices(term, kind, point[kind] ?? []),
  )
  if (valence !== undefined) said.push(words.valence(valence))
  if (passed ?? still_here) said.push(words.passed(passed ?? 'still_here'))
  return said.join(', ')
}
