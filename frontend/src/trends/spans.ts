/** Elapsed time in the unit a person would use. What was told to last is never rounded up, nor what ended rounded down. */

export type Unit = 'minutes' | 'hours' | 'days'

export interface Amount {
  count: number
  unit: Unit
}

const PER_HOUR: Record<Unit, number> = { minutes: 60, hours: 1, days: 1 / 24 }

const unitFor = (hours: number): Unit => (hours < 1 ? 'minutes' : hours < 48 ? 'hours' : 'days')

const amount = (hours: number, round: (value: number) => number): Amount => {
  const unit = unitFor(hours)
  return { count: round(hours * PER_HOUR[unit]), unit }
}

/** "at least 4 days" for 100 hours. */
export const atLeast = (hours: number): Amount => amount(hours, Math.floor)

/** "by day 5" for 100 hours. */
export const noLater = (hours: number): Amount => amount(hours, Math.ceil)

/** "about 4 days" for 100 hours, before or after. */
export const about = (hours: number): Amount => amount(Math.abs(hours), Math.round)
