/** Who can read what, seen from one check-in or one session. Pure. */
import type { LentCheckIn } from './types.ts'

export interface Reader {
  name: string
  lent: readonly LentCheckIn[]
}

export const readersOf = (readers: readonly Reader[], checkIn: string): string[] => [
  ...new Set(
    readers
      .filter(({ lent }) => lent.some(({ check_in_id }) => check_in_id === checkIn))
      .map(({ name }) => name),
  ),
]

/** How many check-ins of a session each of them can read; through two shares, each is one. */
export function readersOfSession(
  readers: readonly Reader[],
  session: string,
): { name: string; count: number }[] {
  const read = new Map<string, Set<string>>()
  for (const { name, lent } of readers) {
    for (const { check_in_id, session_id } of lent) {
      if (session_id === session) read.set(name, (read.get(name) ?? new Set()).add(check_in_id))
    }
  }
  return [...read].map(([name, checkIns]) => ({ name, count: checkIns.size }))
}
