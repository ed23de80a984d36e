/** What becomes of what is not in the journal yet when the person signs out. Pure. */
import type { Item } from '../offline/index.ts'

export interface Before {
  unsavedKeys: readonly string[]
  items: readonly Item[]
  /** This phone seals for the person who signs out. */
  seals: boolean
  /** And it delivers without them: nobody else keeps it now. */
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

/** Answers on their way to the server; a phone that is kept has them sealed too. */
const ROW = /^row \S+\/(.+)$/

export function stayingOf({ unsavedKeys, items, seals, delivers }: Before): Staying {
  const count = (state: Item['state']) => items.filter((item) => item.state === state).length
  const mirrored = unsavedKeys.filter((key) => seals && ROW.test(key))
  const alone = mirrored.filter(
    (key) => key.startsWith('row check-ins/') && !items.some(({ checkIn }) => key.endsWith(`/${checkIn}`)),
  )
  const here = count('here') + alone.length
  return {
    goes: unsavedKeys.length > mirrored.length,
    delivered: delivers ? here : 0,
    offered: count('dropped') + (delivers ? 0 : here),
  }
}
