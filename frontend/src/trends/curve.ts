/** A mood curve: which of its points may be joined, and when mood first rose above where it started. */

export interface Told {
  moment: string
  hours: number
  value: number
}

const ORDER = ['before', 'landing', 'next_day', 'third_day', 'week', 'month']

/** A moment between two others was left unanswered. What was told at any time stands between whatever is around it,
 * and the check-in before the next session closes what was still open. */
export function skips(one: Told, other: Told): boolean {
  const [from, to] = [ORDER.indexOf(one.moment), ORDER.indexOf(other.moment)]
  return from >= 0 && to > from + 1
}

/** The joined and the interrupted parts of a curve as two paths; nothing is known along the second. */
export function joined(points: readonly Told[], place: (point: Told) => readonly [number, number]) {
  const paths = { solid: '', dotted: '' }
  points.slice(1).forEach((point, turn) => {
    const before = points[turn]!
    const [[x1, y1], [x2, y2]] = [place(before), place(point)]
    paths[skips(before, point) ? 'dotted' : 'solid'] += `M${x1} ${y1}L${x2} ${y2}`
  })
  return paths
}

/** Hours at which mood was first told to be above where it started. */
export const firstAbove = (points: readonly Told[], baseline: number): number | undefined =>
  points.find(({ hours, moment, value }) => hours >= 0 && moment !== 'before' && value > baseline)?.hours

/** Which numbers go below their dots, because they would touch the number before them. */
export function crowded(places: readonly (readonly [number, number])[], apart = 14): boolean[] {
  const below: boolean[] = []
  places.forEach(([x], turn) => {
    const before = places[turn - 1]
    below.push(before !== undefined && x - before[0] < apart && !below[turn - 1])
  })
  return below
}
