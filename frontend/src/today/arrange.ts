/** What Today puts first, and what below it. Pure. */
import type { Step, Today } from '../api/index.ts'

export interface Plan {
  /** The one thing to do next. */
  next?: Step
  /** What else is open, without what comes next and without what can be begun at any time. */
  open: Step[]
  /** Where the landing check-in is; absent while the one of this session is done. */
  landing?: string
  /** Until when the patient put it off, as ms. */
  landingPutOff?: number
  /** Nobody has told of a session yet. */
  empty: boolean
}

export interface Moment {
  /** Until when the landing check-in is put off, as ms. */
  putOffUntil: number
  now: number
}

export function arrange(today: Today, { putOffUntil, now }: Moment): Plan {
  const landing = today.open.find((step) => step.moment === 'landing')
  const putOff = landing !== undefined && putOffUntil > now
  const proposed = putOff && today.next?.moment === 'landing' ? another(today) : today.next
  const next = proposed?.kind === 'session' ? undefined : proposed
  return {
    next,
    open: today.open.filter((step) => isTold(step) && !same(step, next)),
    landing: landing && addressOf(landing),
    landingPutOff: putOff ? putOffUntil : undefined,
    empty: today.next?.kind === 'session',
  }
}

/** A check-in of a session that was told of; the others are always on offer. */
const isTold = (step: Step): boolean => step.kind === 'check_in' && step.session_id !== undefined

const another = (today: Today): Step | undefined =>
  today.open
    .filter((step) => isTold(step) && step.moment !== 'landing')
    .sort((a, b) => (a.closes_at ?? '').localeCompare(b.closes_at ?? ''))[0]

const same = (one: Step, other: Step | undefined): boolean =>
  one.moment === other?.moment && one.session_id === other?.session_id

export function addressOf({ moment, session_id, check_in_id }: Step): string {
  const query = new URLSearchParams({
    ...(session_id && { session: session_id }),
    ...(check_in_id && { 'check-in': check_in_id }),
  })
  return `/check-in/${moment}${query.size ? `?${query}` : ''}`
}
