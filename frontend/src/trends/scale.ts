/** Where things stand in a chart. A unit is a sixteenth of the reader's text size: a CSS px, until text is set larger. */

/** The least width of a session that a finger can hit (WCAG 2.2, 2.5.8). */
export const REACH = 24

export interface Columns {
  step: number
  width: number
  /** Wide enough for each session to be a target and to carry its number. */
  roomy: boolean
  /** The middle of a session's column. */
  x: (place: number) => number
}

/** Sessions side by side. `spread` gives each at least the width of a finger, and the whole may be wider than `room`. */
export function columns(count: number, room: number, spread: boolean, widest = 64): Columns {
  const even = room / Math.max(count, 1)
  const step = Math.min(spread ? Math.max(even, REACH) : even, widest)
  return { step, width: step * count, roomy: step >= REACH, x: (place) => step * (place + 0.5) }
}

/** The column under a point; undefined beside the chart. */
export function placeAt(x: number, { step }: Columns, count: number): number | undefined {
  const place = Math.floor(x / step)
  return place >= 0 && place < count ? place : undefined
}

/** Every so many sessions carry their number, so that the numbers stay `apart`; the last one always does. */
export function numbered(count: number, step: number, apart = 34): number[] {
  const every = Math.max(1, Math.ceil(apart / step))
  const places = Array.from({ length: Math.ceil(count / every) }, (_, turn) => count - 1 - turn * every)
  return places.reverse()
}

/** The height of a rating: 10 at `top`, 0 on the waterline at `water`. */
export const rise = (value: number, top: number, water: number): number =>
  water - ((water - top) * value) / 10

/** Hours at which elapsed time turns from even to logarithmic. At 4.8 the first 24 hours after a dose take exactly as
 * much room as the six days after them: log(1 + 24/4.8) is half of log(1 + 168/4.8). The screen says so. */
const BEND = 4.8

/** Elapsed hours along a line, before the dose to the left of 0. */
export const along = (hours: number): number => Math.sign(hours) * Math.log1p(Math.abs(hours) / BEND)

export interface Span {
  from: number
  to: number
}

/** Hours shown in every curve alike: some before the dose, a week after it, and all that was told. */
export function reach(hours: readonly number[]): Span {
  return { from: Math.min(-6, ...hours), to: Math.max(168, ...hours) }
}

/** Elapsed hours as x between 0 and `width`. */
export function elapsed({ from, to }: Span, width: number): (hours: number) => number {
  const [start, end] = [along(from), along(to)]
  return (hours) => (width * (along(hours) - start)) / (end - start)
}

/** Hours that are marked below a curve; the month only where it was reached. */
export const MARKS = [0, 24, 72, 168, 720] as const

export const marksWithin = ({ to }: Span): number[] => MARKS.filter((hours) => hours <= to * 1.001)

/** Round days along an even scale, about `most` of them beside 0. */
export function dayTicks(days: number, most = 7): number[] {
  const every = [1, 2, 5, 7, 14, 28].find((step) => days / step <= most) ?? Math.ceil(days / most)
  return Array.from({ length: Math.floor(days / every) + 1 }, (_, turn) => turn * every)
}

/** Which of the fixed steps of the one hue a rating has: 0 stands alone, then two ratings a step. */
export const stepOf = (value: number): number => Math.ceil(value / 2)

/** A line through points. */
export const lineThrough = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], turn) => `${turn ? 'L' : 'M'}${x} ${y}`).join('')

/** The first days of months between two dates, at most `most` of them, in ms. */
export function monthsBetween(from: number, to: number, most = 7): number[] {
  const start = new Date(from)
  const all: number[] = []
  for (let month = 1; ; month++) {
    const first = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month, 1)
    if (first > to) break
    all.push(first)
  }
  const every = Math.ceil(all.length / most) || 1
  return all.filter((_, turn) => turn % every === 0)
}

/** Small waves along a length, to go on from where a path is. */
export function waves(length: number, wave = 14): string {
  const count = Math.max(1, Math.round(length / wave))
  const half = length / count / 2
  return `q${half / 2} -2 ${half} 0t${half} 0`.repeat(count)
}

/** So many units as a CSS length. */
export const rem = (units: number): string => `${units / 16}rem`
