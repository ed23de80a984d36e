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
const DAY_MS = 86_400_000

/** The follow-ups of a session that are not told of and not over. */
export const followUps = ({ open, later }: Pick<Today, 'open' | 'later'>, session: string): FollowUp[] =>
  [...open, ...later].filter(
    (step): step is Step & FollowUp =>
      step.session_id === session &&
      step.moment !== 'landing' &&
      step.opens_at !== undefined &&
      step.closes_at !== undefined,
  )

/** An evening once a third of the window has passed, or else any evening left in it, or else the middle of what is
 * left; as a `datetime-local` field has it. */
export function propose(of: FollowUp, evening = EVENING, now = new Date()): string {
  const [opens, closes] = [Date.parse(of.opens_at), Date.parse(of.closes_at)]
  const left = Math.max(opens, now.getTime())
  const third = opens + (closes - opens) / 3
  const found = [third, left].map((from) => eveningAfter(Math.max(from, left), evening))
  return typed(new Date(found.find((at) => at < closes) ?? between(left, closes)))
}

/** The middle, at a quarter of an hour where one lies before the end. */
function between(from: number, to: number): number {
  const middle = from + (to - from) / 2
  const quarter = Math.ceil(middle / QUARTER_MS) * QUARTER_MS
  return quarter < to ? quarter : middle
}

/** The first evening after a moment, on the clocks here. */
function eveningAfter(from: number, evening: string): number {
  const [hours, minutes] = evening.split(':').map(Number)
  const on = (day: number) => new Date(day).setHours(hours!, minutes!, 0, 0)
  return on(from) > from ? on(from) : on(from + DAY_MS)
}

/** Whether a time lies in the window and is still ahead. */
export const fits = ({ opens_at, closes_at }: FollowUp, at: Date, now = new Date()): boolean =>
  at >= new Date(opens_at) && at < new Date(closes_at) && at > now
