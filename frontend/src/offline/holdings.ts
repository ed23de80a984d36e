/** What this phone holds, and of whom: the store's content in memory. It also outlives the store, should the browser
 * clear that under an open page. */
import { batch, computed, signal } from '@preact/signals'
import type { Bytes } from './bytes.ts'
import { type ItemRow, NAME, onClosed, type PairingRow, type StateRow, within } from './store.ts'

export interface Pairing {
  account: string
  device: string
  /** In base64url, as computed by this phone when it was paired. */
  fingerprint: Bytes
  current: boolean
  /** The server takes nothing from it any more. */
  dropped: boolean
}

export interface Item {
  id: string
  account: string
  checkIn: string
  /** To the hour, as ms. */
  savedAt: number
  /** `here`: on this phone only. `dropped`: too, and it can be sent only by its owner, signed in. */
  state: 'here' | 'delivered' | 'dropped'
  /** Why it is still here: the server took it not in this form, or has no room. */
  trouble?: 'refused' | 'full'
}

export const rows = signal<readonly ItemRow[]>([])
export const pairings = signal<readonly PairingRow[] | undefined>(undefined)
export const state = signal<StateRow | undefined>(undefined)
export const troubles = signal<ReadonlyMap<string, NonNullable<Item['trouble']>>>(new Map())
/** The app is finding out who is signed in: nothing is sent before it knows. */
export const asking = signal(false)
/** Who is signed in, as the app was told; `undefined` as long as it does not know. */
const told = signal<string | null | undefined>(undefined)
/** The name of this tab, for as long as it lives. */
export const TAB = crypto.randomUUID()
/** The undelivered seals that this tab made. */
export const sealedHere = new Map<string, Bytes>()

export const pairingOf = (account: string | null | undefined): PairingRow | undefined =>
  pairings.value?.find((row) => row.account === account)

/** The pairing of this browser: the latest. `undefined` until it was read. */
export const pairing = computed<Pairing | null | undefined>(() => {
  if (pairings.value === undefined) return undefined
  const found = pairingOf(state.value?.current)
  return found ? shown(found) : null
})

/** The pairing of one person here, current or not. */
export function pairingFor(account: string): Pairing | null {
  const found = pairingOf(account)
  return found ? shown(found) : null
}

const shown = ({ account, device, fingerprint, dropped }: PairingRow): Pairing => ({
  account,
  device,
  fingerprint,
  current: account === state.value?.current,
  dropped: dropped === true,
})

/** Whose items this phone may show and send now: those of whoever is signed in, or else of the current pairing. While
 * nobody knows, the last one known to be signed in counts as signed in, also one whose phone this is not. */
export const viewer = computed<string | undefined>(() => {
  const who = told.value === undefined ? state.value?.owner : told.value
  return who ?? state.value?.current
})

/** For whom a check-in can be begun here now; `undefined` until the store was read. */
export const writer = computed<string | null | undefined>(() => {
  if (pairings.value === undefined) return undefined
  const found = pairingOf(viewer.value)
  return found && !found.dropped ? found.account : null
})

export const items = computed<readonly Item[]>(() =>
  rows.value
    .filter(({ account, tab }) => account === viewer.value && tab === undefined)
    .map(({ id, account, checkIn, savedAt, state }) => {
      const trouble = troubles.value.get(id)
      return { id, account, checkIn, savedAt, state, ...(trouble && { trouble }) }
    }),
)

/** Check-ins that were filed while this page was open. */
export const filed = signal<ReadonlySet<string>>(new Set())

/** Where the latest seal of a check-in is, whoever may see it in lists. What is nowhere was cleared away. */
export const whereIsSealed = (checkIn: string): Item['state'] | 'journal' | 'failed' =>
  rows.value.find((row) => row.checkIn === checkIn)?.state ??
  (filed.value.has(checkIn) ? 'journal' : 'failed')

/** The check-ins this tab sends by itself, and has sealed here meanwhile. */
export const mirrored = computed<ReadonlySet<string>>(
  () => new Set(rows.value.filter(({ tab }) => tab === TAB).map(({ checkIn }) => checkIn)),
)

/** Undelivered items that vanished with the phone's storage. */
export const storageLost = computed(() => pairingOf(viewer.value)?.lost ?? 0)

/** The hour something is kept under: finer than this nobody needs to know. */
export const hourOf = (at: number): number => at - (at % 3_600_000)

/** Takes who is signed in now; `null` is nobody, `undefined` that the server is being asked or cannot be. Kept, because
 * the worker sends for nobody else. */
export async function whoIsIn(account: string | null | undefined, isAsking = false): Promise<void> {
  batch(() => {
    told.value = account
    asking.value = isAsking
  })
  if (account === undefined || !state.peek() || state.peek()?.owner === account) return
  state.value = { ...state.peek()!, owner: account }
  await within('readwrite', ({ state: stored }) => stored.put(state.peek()!, 'now'))
}

let wasKept = false

/** Whether there is a store: a browser that is nobody's phone gets none by being looked at. */
async function isThere(): Promise<boolean> {
  if (state.peek() || wasKept) return true
  const all = await indexedDB.databases?.()
  return all?.some(({ name }) => name === NAME) ?? true
}

/** Reads what is stored, and notices when the store was cleared. */
export async function refresh(): Promise<void> {
  if (!(await isThere())) {
    pairings.value = []
    return
  }
  const [found, kept, now] = await within('readonly', (at) =>
    Promise.all([at.pairings.all(), at.items.all(), at.state.get('now')]),
  )
  if (state.peek() && !now) return restore()
  pairings.value = found
  rows.value = kept
  state.value = now
}

/** The store was cleared under an open page: what the page still knows goes back into it, and what is gone is counted. */
export async function restore(): Promise<void> {
  const now = state.peek()
  if (!now) return
  const isGone = ({ id, state }: ItemRow) => state !== 'delivered' && !sealedHere.has(id)
  await within('readwrite', async (at) => {
    if (await at.state.get('now')) return
    await at.state.put(now, 'now')
    for (const row of pairings.peek() ?? []) {
      const lost = rows.peek().filter((item) => item.account === row.account && isGone(item)).length
      await at.pairings.put({ ...row, lost: (row.lost ?? 0) + lost })
    }
    for (const row of rows.peek().filter((item) => !isGone(item))) {
      await at.items.put(row)
      const bytes = sealedHere.get(row.id)
      if (bytes && row.state !== 'delivered') await at.seals.put(bytes, row.id)
    }
  })
  await refresh()
}

/** The patient has read how many were lost. */
export async function lossSeen(): Promise<void> {
  const account = viewer.peek()
  await within('readwrite', async (at) => {
    const row = account && (await at.pairings.get(account))
    if (row) await at.pairings.put({ ...row, lost: 0 })
  })
  await refresh()
}

/** What became of one item, without reading all of them again. */
export function amend(id: string, change: Partial<ItemRow> | undefined): void {
  rows.value = rows
    .peek()
    .flatMap((row) => (row.id !== id ? [row] : change === undefined ? [] : [{ ...row, ...change }]))
}

const HANGS_MS = 2_000

/** Two tabs and the worker look at one store. */
let others: BroadcastChannel | undefined

export function changed(): void {
  others?.postMessage('')
}

/** Reads what is here, and goes on noticing what another tab, the worker or the browser does to it. */
export async function startHolding(kept: boolean): Promise<void> {
  wasKept = kept
  onClosed(() => void restore().catch(() => {}))
  if (typeof BroadcastChannel !== 'undefined') {
    others = new BroadcastChannel('outbox')
    others.onmessage = () => void refresh().catch(() => {})
  }
  const none = () => {
    pairings.value ??= []
  }
  // A store that hangs must not keep the app from opening.
  setTimeout(none, HANGS_MS)
  await refresh().catch(none)
}
