/** One seal on its way to the server. The page and the service worker deliver by the same lines. */
import type { Bytes } from './bytes.ts'
import { type ItemRow, type PairingRow, within } from './store.ts'

/** Sends the bytes; answers the status and, when it says so, the seconds to wait. Throws when there is no answer. */
export type Send = (item: ItemRow, token: string, bytes: Bytes) => Promise<{ status: number; wait?: number }>

/** `gone`: it was replaced or let go meanwhile. `later`: no answer, or not now. `refused`: not in this form. */
export type Outcome =
  | { is: 'delivered' | 'gone' | 'dropped' }
  | { is: 'refused' | 'later'; status?: number; wait?: number }

/** With the longest back-off it stays under the 30 s in which everything arrives after a dead server's return. */
const PATIENCE_MS = 15_000
/** A browser lets no more than 64 KB outlive their page. */
const OUTLIVES = 60_000

export const sendToServer: Send = async ({ id }, token, body) => {
  const answer = await fetch(`/api/v1/deposits/${id}`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/octet-stream' },
    body,
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    keepalive: body.length < OUTLIVES,
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  const wait = Number(answer.headers.get('Retry-After') ?? Number.NaN)
  return { status: answer.status, wait: wait >= 0 ? wait : undefined }
}

/** Delivers one item, and keeps what came of it. */
export async function deliver(item: ItemRow, pairing: PairingRow, send: Send): Promise<Outcome> {
  const bytes = await claim(item.id)
  if (!bytes) return { is: 'gone' }
  let answer: Awaited<ReturnType<Send>>
  try {
    answer = await send(item, pairing.token, bytes)
  } catch {
    return { is: 'later' }
  }
  const { status, wait } = answer
  // Only these are our server's own word; a proxy's page may come with a 200.
  if (status === 201 || status === 204) return settle(item.id)
  if (status === 401) return drop(pairing)
  const passes = status < 400 || status >= 500 || status === 408 || status === 429
  return passes ? { is: 'later', status, wait } : { is: 'refused', status }
}

/** From here on the bytes and the id belong together: the next seal of the check-in is a new one. */
const claim = (id: string): Promise<Bytes | undefined> =>
  within('readwrite', async ({ items, seals }) => {
    const item = await items.get(id)
    if (item?.state !== 'here') return undefined
    const { tab, ...own } = item
    await items.put({ ...own, attempted: true })
    return seals.get(id)
  })

const settle = (id: string): Promise<Outcome> =>
  within('readwrite', async ({ items, seals }) => {
    const item = await items.get(id)
    if (!item) return { is: 'gone' }
    await items.put({ ...item, state: 'delivered' })
    await seals.drop(id)
    return { is: 'delivered' }
  })

/** The phone was dropped. What it still holds stays, for the next sign-in. */
const drop = (pairing: PairingRow): Promise<Outcome> =>
  within('readwrite', async ({ items, pairings }) => {
    const known = await pairings.get(pairing.account)
    if (known?.device === pairing.device) await pairings.put({ ...known, dropped: true })
    for (const item of await items.all()) {
      if (item.device === pairing.device && item.state === 'here')
        await items.put({ ...item, state: 'dropped' })
    }
    return { is: 'dropped' }
  })

export const TAB_LOCK = 'tab '

/** The tabs that live: each holds a lock of its name. */
export async function livingTabs(): Promise<Set<string>> {
  const locks = await navigator.locks?.query()
  return new Set(locks?.held?.map(({ name }) => name!))
}

/** What may be sent for an account: not what a living tab sends by itself. */
export const isDue = (item: ItemRow, pairing: PairingRow, tabs: ReadonlySet<string>): boolean =>
  item.state === 'here' &&
  item.account === pairing.account &&
  item.device === pairing.device &&
  !pairing.dropped &&
  !(item.tab && tabs.has(TAB_LOCK + item.tab))
