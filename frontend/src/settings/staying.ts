/** What becomes of what is not in the journal yet when the person signs out. Pure. */
import type { Item } from '../offline/index.ts'

export interface Before {
  unsavedKeys: readonly string[]
  /** Those that are sealed on this phone too. */
  sealedToo: ReadonlySet<string>
  items: readonly Item[]
  /** This phone delivers without a sign-in what it holds of the person who signs out. */
  delivers: boolean
}

export interface Staying {
  /** Something is in this tab alone, and goes with it. */
  goes: boolean
  /** Sealed on this phone, and delivered without a sign-in. */
  delivered: number
  /** Sealed on this phone, which can deliver it only for its owner. */
  offered: number
}

const CHECK_IN = /^row check-ins\/(.+)$/

export function stayingOf({ unsavedKeys, sealedToo, items, delivers }: Before): Staying {
  const count = (state: Item['state']) => items.filter((item) => item.state === state).length
  const under = unsavedKeys.filter((key) => sealedToo.has(key)).map((key) => CHECK_IN.exec(key)?.[1])
  const more = under.filter((id) => id && !items.some(({ checkIn }) => checkIn === id)).length
  const here = count('here') + more
  return {
    goes: under.length < unsavedKeys.length,
    delivered: delivers ? here : 0,
    offered: count('dropped') + (delivers ? 0 : here),
  }
}
