/** Seals what is being answered and keeps it on this phone, each time anew; what it replaces is forgotten. */
import { ofUuid } from './bytes.ts'
import { TAB_LOCK } from './delivering.ts'
import {
  changed,
  hourOf,
  pairingOf,
  refresh,
  restore,
  rows,
  sealedHere,
  state,
  TAB,
  viewer,
} from './holdings.ts'
import { isRunning, sendSoon } from './outbox.ts'
import { type ItemRow, type PairingRow, within } from './store.ts'

/** Nobody can seal on this phone now. */
export class NotPaired extends Error {}

export interface Keeping {
  /** This tab sends it to the server by itself; as a deposit it goes only when the tab is gone. */
  mirror?: boolean
  /** For whom; by default for whoever this phone seals for now. */
  account?: string
}

/** Of all seals before it a new one names the latest: those that may still be on their way. */
const NAMED_MOST = 200

let locked = false
/** Every seal of a check-in that this tab may have sent, also those that were filed and forgotten since. */
const sent = new Map<string, Set<string>>()
/** The latest seal of a check-in by this tab. */
const latest = new Map<string, string>()
const newest = new Map<string, { document: object; keeping: Keeping }>()
const working = new Map<string, Promise<void>>()

/** Loads what seals, before it is needed: a cleared browser without a connection has nothing to load it from. */
export function getReady(): void {
  import('./sealing.ts').catch(() => {})
}

/** Seals and stores the newest state of a check-in, then sends it. Resolves when this state, or a newer one, is safe. */
export function keepSealed(checkIn: string, document: object, keeping: Keeping = {}): Promise<void> {
  newest.set(checkIn, { document, keeping })
  const work = (working.get(checkIn) ?? Promise.resolve()).catch(() => {}).then(() => keepNewest(checkIn))
  working.set(checkIn, work)
  return work
}

async function keepNewest(checkIn: string): Promise<void> {
  const asked = newest.get(checkIn)
  if (!asked) return
  const pairing = pairingOf(asked.keeping.account ?? viewer.peek())
  if (!pairing) throw new NotPaired()
  if (asked.keeping.mirror) holdTab()
  else isRunning(checkIn)
  for (let turn = 0; !(await replace(checkIn, pairing, asked)); turn++) if (turn > 4) throw new NotPaired()
  if (newest.get(checkIn) === asked) newest.delete(checkIn)
  changed()
  if (asked.keeping.mirror) return
  void sendSoon()
}

/** Puts a new seal in the place of the one before. Not, if that one was sent while this was being sealed. */
async function replace(
  checkIn: string,
  pairing: PairingRow,
  { document, keeping }: { document: object; keeping: Keeping },
): Promise<boolean> {
  const before = rows.peek().find((row) => row.checkIn === checkIn && row.account === pairing.account)
  const earlier = mayHaveBeenSent(checkIn, before)
  const id = crypto.randomUUID()
  const { seal } = await import('./sealing.ts')
  const replaces = earlier.slice(-NAMED_MOST)
  const bytes = await seal(replaces.length ? { ...document, replaces } : document, {
    recipient: pairing.recipient,
    deviceKey: pairing.deviceKey,
    place: { account: ofUuid(pairing.account), device: ofUuid(pairing.device), deposit: ofUuid(id) },
  })
  const { account, device } = pairing
  const savedAt = hourOf(Date.now())
  const state = pairing.dropped ? 'dropped' : 'here'
  const row: ItemRow = { id, account, device, checkIn, savedAt, state, attempted: false, earlier }
  if (keeping.mirror) row.tab = TAB
  return store(row, bytes, before)
}

function mayHaveBeenSent(checkIn: string, before: ItemRow | undefined): string[] {
  const known = sent.get(checkIn) ?? new Set<string>()
  for (const id of before?.earlier ?? []) known.add(id)
  if (before?.attempted) known.add(before.id)
  // It was filed and forgotten here since.
  if (!before && latest.has(checkIn)) known.add(latest.get(checkIn)!)
  sent.set(checkIn, known)
  return [...known]
}

async function store(
  row: ItemRow,
  bytes: Uint8Array<ArrayBuffer>,
  before: ItemRow | undefined,
): Promise<boolean> {
  sealedHere.set(row.id, bytes)
  const stored = await within('readwrite', async (at) => {
    if (!(await at.state.get('now'))) return 'cleared'
    const now = before && (await at.items.get(before.id))
    if (before && now && now.attempted !== before.attempted) return 'sent'
    if (before) await Promise.all([at.items.drop(before.id), at.seals.drop(before.id)])
    await at.items.put(row)
    await at.seals.put(bytes, row.id)
    return 'stored'
  })
  if (stored === 'stored') {
    if (before) sealedHere.delete(before.id)
    latest.set(row.checkIn, row.id)
    rows.value = [...rows.peek().filter(({ id }) => id !== before?.id), row]
    return true
  }
  sealedHere.delete(row.id)
  await (stored === 'cleared' && state.peek() ? restore() : refresh())
  return false
}

/** The server has what was mirrored, or the patient let it go. */
export async function dropMirror(checkIn: string): Promise<void> {
  newest.delete(checkIn)
  await working.get(checkIn)?.catch(() => {})
  if (newest.has(checkIn)) return
  const mine = rows.peek().filter((row) => row.checkIn === checkIn && row.tab === TAB)
  if (!mine.length) return
  await within('readwrite', async ({ items, seals }) => {
    for (const { id } of mine) await Promise.all([items.drop(id), seals.drop(id)])
  })
  for (const { id } of mine) sealedHere.delete(id)
  latest.delete(checkIn)
  await refresh()
  changed()
}

/** While this tab lives, nobody else sends what it mirrors. */
function holdTab(): void {
  if (locked) return
  locked = true
  navigator.locks?.request(TAB_LOCK + TAB, () => new Promise(() => {})).catch(() => {})
}
