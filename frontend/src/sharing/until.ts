/** When a share ends: always at the end of a day, as the patient's own clock has it. Pure. */
import { deviceZone, longDay, rfc3339, typed } from '../elements/when.ts'

const LAST_MINUTE = 'T23:59'
/** The server takes at most 366 days; the end of the last day is to fit as well. */
const FURTHEST_DAYS = 365
const DAY = 86_400_000

/** "2026-12-20" as the end of that day. */
export const endOf = (day: string, zone = deviceZone()): string => rfc3339(day + LAST_MINUTE, zone)

/** The day so many months on; where that month is shorter, its last. */
export function monthsOn(months: number, now = new Date(), zone = deviceZone()): string {
  const [year, month, day] = today(now, zone).split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10)
}

export const today = (now = new Date(), zone = deviceZone()): string => typed(now, zone).slice(0, 10)

export const furthest = (now = new Date(), zone = deviceZone()): string =>
  today(new Date(now.getTime() + FURTHEST_DAYS * DAY), zone)

/** What is the matter with a day that was typed. */
export function faultIn(
  day: string,
  now = new Date(),
  zone = deviceZone(),
): 'faultDate' | 'faultPast' | 'faultFar' | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return 'faultDate'
  if (day < today(now, zone)) return 'faultPast'
  return day > furthest(now, zone) ? 'faultFar' : undefined
}

/** The day on which something ends, to be said with "the end of" where it is the whole day. */
export const isWholeDay = (until: string): boolean => typed(new Date(until)).endsWith(LAST_MINUTE)

/** A day without a time, to be read: the same in every zone. */
export const dayInWords = (day: string): string => longDay(`${day}T12:00:00Z`, 'UTC')
