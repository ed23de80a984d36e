/** Writing without a sign-in: what is sealed on this phone, where it is, and how it gets to the server. */
import { startHolding } from './holdings.ts'
import { watchConnection, watchViewer } from './outbox.ts'

export {
  type Item,
  items,
  lossSeen,
  mirrored,
  type Pairing,
  pairing,
  pairingFor,
  storageLost,
  whereIsSealed,
  whoIsIn,
  writer,
} from './holdings.ts'
export { dropMirror, getReady, keepSealed } from './keeping.ts'
export { hasEnded, sendNow } from './outbox.ts'
export {
  type DevicePaired,
  forget,
  type Held,
  handedIn,
  heldFor,
  inJournal,
  pair,
  unpair,
} from './pairing.ts'

/** Reads what this phone holds; from then on it is sent whenever it can be. `kept` is a guess that there is something. */
export async function startOutbox(kept: boolean): Promise<void> {
  watchConnection()
  await startHolding(kept)
  watchViewer()
}
