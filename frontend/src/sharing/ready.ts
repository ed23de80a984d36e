/** What waits for the patient's word. Pure. */
import type { WaitingShare } from './types.ts'

export interface Ready {
  share: string
  checkIn: string
  /** Where it is read and decided. */
  address: string
}

export const addressOf = (share: string, checkIn: string): string => `/sharing/waiting/${share}/${checkIn}`

/** Those that can be decided now, therapist by therapist, in the order they happened. */
export const readyOf = (shares: readonly WaitingShare[]): Ready[] =>
  shares.flatMap(({ share_id, check_ins }) =>
    check_ins
      .filter(({ state }) => state === 'ready')
      .sort((a, b) => Date.parse(a.happened_at) - Date.parse(b.happened_at))
      .map(({ check_in_id }) => ({
        share: share_id,
        checkIn: check_in_id,
        address: addressOf(share_id, check_in_id),
      })),
  )

/** How many check-ins can be decided now; one that two people wait for is one. */
export const countReady = (shares: readonly WaitingShare[]): number =>
  new Set(readyOf(shares).map(({ checkIn }) => checkIn)).size

export interface Awaits {
  /** Who waits for it. */
  names: string[]
  /** The first share to be decided. */
  address: string
  heldUntil: string | undefined
}

/** Who waits for one check-in, if anybody. */
export function awaiting(shares: readonly WaitingShare[], checkIn: string): Awaits | undefined {
  const found = shares.flatMap(({ share_id, reviewer, check_ins }) =>
    check_ins
      .filter(({ check_in_id }) => check_in_id === checkIn)
      .map((row) => ({ share_id, reviewer, row })),
  )
  const [first] = found
  if (!first) return undefined
  return {
    names: [...new Set(found.map(({ reviewer }) => reviewer))],
    address: addressOf(first.share_id, checkIn),
    heldUntil: first.row.state === 'held' ? first.row.held_until : undefined,
  }
}
