/** What becomes of what is not in the journal yet when the person signs out. Pure. */
import type { Item } from '../offline/index.ts'

export interface Staying {
  /** Something is in this tab alone, and goes with it. */
  goes: boolean
  /** Sealed on this phone, and delivered without a sign-in. */
  sealed: number
  /** Sealed on this phone, which cannot deliver it itself. */
  held: number
}

export function stayingOf(unsavedKeys: readonly string[], items: readonly Item[]): Staying {
  const count = (state: Item['state']) => items.filter((item) => item.state === state).length
  return {
    goes: unsavedKeys.some((key) => !items.some(({ checkIn }) => key.endsWith(`/${checkIn}`))),
    sealed: count('here'),
    held: count('dropped'),
  }
}
