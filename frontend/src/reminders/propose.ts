/** Which follow-ups of a session are still to come, and a time to be reminded of each. Pure. */
import type { Step, Today } from '../api/index.ts'
import { typed } from '../elements/when.ts'

/** A follow-up with its window. */
export interface FollowUp {
  moment: string
  opens_at: string
  closes_at: string
}

const EVENING = '20:00'
const QUARTER_MS = 15 * 60_000

/** The follow-ups of a session that are not told of and not over. */
export const followUps = ({ open, later }: Pick<Today, 'open' | 'later'>, session: string): FollowUp[] =>
  [...open, ...later].filter(
    (step): step is Step & FollowUp =>
      step.session_id === session &&
      step.moment !== 'landing' &&
      step.opens_at !== undefined &&
      step.closes_at !== undefined,
  )

/** How far into its window a check-in is best told: a day after the session, three days, a week. */
const BEST = 0.4

/** The evening nearest to the best time of what is left of the window, or else the middle of what is left; as a
 * `datetime-local` field has it. */
export function propose(of: FollowUp, evening = EVENING, now = new Date()): string {
  const [opens, closes] = [Date.parse(of.opens_at), Date.parse(of.closes_at)]
  const left = Math.max(opens, now.getTime())
  const away = (at: number) => Math.abs(at - opens - BEST * (closes - opens))
  const [nearest] = evenings(left, closes, evening).sort((one, other) => away(one) - away(other))
  return typed(new Date(nearest ?? between(left, closes)))
}

/** Every evening between two moments, on the clocks here. */
function evenings(from: number, to: number, evening: string): number[] {
  const [hours, minutes] = evening.split(':').map(Number)
  const found: number[] = []
  for (const day = new Date(from); ; day.setDate(day.getDate() + 1)) {
    const at = new Date(day).setHours(hours!, minutes!, 0, 0)
    if (at >= to) return found
    if (at > from) found.push(at)
  }
}

/** The middle, at a quarter of an hour where one lies before the end. */
function between(from: number, to: number): number {
  const middle = from + (to - from) / 2
  const quarter = Math.ceil(middle / QUARTER_MS) * QUARTER_MS
  return quarter < to ? quarter : middle
}

/** Whole minutes after a session that have passed by a time: all that an address tells of it. */
export const minutesAfter = (session: string, at: Date): number =>
  Math.floor((at.getTime() - Date.parse(session)) / 60_000)

/** Whether a time lies in the window and is still ahead. */
export const fits = ({ opens_at, closes_at }: FollowUp, at: Date, now = new Date()): boolean =>
  at >= new Date(opens_at) && at < new Date(closes_at) && at > now
