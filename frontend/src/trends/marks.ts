/** What each session says of one series, kept as four things that must never look alike. */

export type Mark =
  | { kind: 'rated'; value: number }
  /** Picked, but how strong it was has not been said. */
  | { kind: 'picked' }
  /** The list was answered without it. */
  | { kind: 'passed_over' }
  /** Not answered: nothing is known. */
  | { kind: 'open' }

export interface Told {
  session_id: string
  /** Absent for a question with one answer: its being there says enough. */
  chosen?: boolean
  value?: number
}

/** One mark a session, in the order of the sessions. */
export function marksOf(sessions: readonly { id: string }[], points: readonly Told[]): Mark[] {
  const bySession = new Map(points.map((point) => [point.session_id, point]))
  return sessions.map(({ id }) => markOf(bySession.get(id)))
}

export function markOf(point: Told | undefined): Mark {
  if (!point) return { kind: 'open' }
  if (point.chosen === false) return { kind: 'passed_over' }
  return point.value === undefined ? { kind: 'picked' } : { kind: 'rated', value: point.value }
}

/** First and last place of a stretch. */
export type Stretch = readonly [from: number, to: number]

/** The unbroken stretches of marks that hold. */
export function stretches(marks: readonly Mark[], holds: (mark: Mark) => boolean): Stretch[] {
  const found: [number, number][] = []
  marks.forEach((mark, place) => {
    if (!holds(mark)) return
    const last = found.at(-1)
    if (last?.[1] === place - 1) last[1] = place
    else found.push([place, place])
  })
  return found
}

export const isRated = (mark: Mark): mark is Mark & { kind: 'rated' } => mark.kind === 'rated'
export const isAnswered = (mark: Mark): boolean => mark.kind !== 'open'
export const isChosen = (mark: Mark): boolean => mark.kind === 'rated' || mark.kind === 'picked'

/** What a series says in numbers, for its sentence; no lowest or highest where nothing was rated. */
export function tally(marks: readonly Mark[]) {
  const values = marks.filter(isRated).map((mark) => mark.value)
  return {
    answered: marks.filter(isAnswered).length,
    chosen: marks.filter(isChosen).length,
    rated: values.length,
    lowest: values.length ? Math.min(...values) : undefined,
    highest: values.length ? Math.max(...values) : undefined,
  }
}

/** How often each word was said across points, most often first, then in the order given. */
export function counted(said: readonly (readonly string[] | undefined)[], order: readonly string[]) {
  const times = new Map(order.map((id) => [id, 0]))
  for (const id of said.flatMap((ids) => ids ?? [])) times.set(id, (times.get(id) ?? 0) + 1)
  return [...times].filter(([, count]) => count > 0).sort((one, other) => other[1] - one[1])
}
