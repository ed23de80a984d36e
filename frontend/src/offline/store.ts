/** What a paired phone keeps: whom it seals for, and what it has sealed. Nothing in it can be read by a person.
 *
 * IndexedDB by hand and not through a library: the service worker shares these lines and may weigh 2 KB altogether. */
import type { Bytes } from './bytes.ts'

/** One person's pairing with this browser. */
export interface PairingRow {
  account: string
  device: string
  token: string
  /** The X25519 key this phone seals to, and the fingerprint it computed itself. */
  recipient: Bytes
  fingerprint: Bytes
  deviceKey: CryptoKey
  /** The server takes nothing with this token any more. */
  dropped?: boolean
  /** Undelivered items that went with the phone's storage. */
  lost?: number
}

/** One sealed check-in: the newest seal of it. The bytes are in a store of their own, and go when they are delivered. */
export interface ItemRow {
  id: string
  account: string
  device: string
  checkIn: string
  /** To the hour, as ms. */
  savedAt: number
  state: 'here' | 'delivered' | 'dropped'
  /** It may have been sent: its bytes and its id belong together for ever. */
  attempted: boolean
  /** Earlier seals of the same check-in that may have been sent. */
  earlier: string[]
  /** Only a mirror of what this tab sends by itself: it is a deposit once that tab is gone. */
  tab?: string
}

export interface StateRow {
  /** Whose pairing is the latest. */
  current: string
  /** Who was last known to be signed in. */
  owner: string | null
}

export const NAME = 'shoreline'

interface Shapes {
  pairings: PairingRow
  items: ItemRow
  seals: Bytes
  state: StateRow
}
type Name = keyof Shapes

/** Where each row has its key; the others are kept under one beside them. */
const KEYS: Record<Name, string | null> = { pairings: 'account', items: 'id', seals: null, state: null }
const NAMES = Object.keys(KEYS) as Name[]

export interface Store<T> {
  get(key: string): Promise<T | undefined>
  all(): Promise<T[]>
  put(value: T, key?: string): Promise<unknown>
  drop(key: string): Promise<unknown>
}
export type Stores = { [N in Name]: Store<Shapes[N]> }

let opened: Promise<IDBDatabase> | undefined
let whenClosed = (): void => {}

/** The browser closed the store by itself: it may have been cleared. */
export function onClosed(listen: () => void): void {
  whenClosed = listen
}

const open = (): Promise<IDBDatabase> =>
  (opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => {
      for (const name of NAMES) request.result.createObjectStore(name, { keyPath: KEYS[name] })
    }
    request.onsuccess = () => resolve(watched(request.result))
    request.onerror = () => reject(request.error)
  }))

function watched(base: IDBDatabase): IDBDatabase {
  base.onversionchange = () => base.close()
  base.onclose = () => whenClosed()
  return base
}

/** One transaction over everything. It is on the disk, and not only on its way there, when this resolves. What the
 * browser has closed meanwhile is opened again, once. */
export async function within<T>(
  mode: 'readonly' | 'readwrite',
  work: (stores: Stores) => Promise<T>,
): Promise<T> {
  try {
    return await run(await open(), mode, work)
  } catch {
    opened = undefined
    return run(await open(), mode, work)
  }
}

function run<T>(
  base: IDBDatabase,
  mode: 'readonly' | 'readwrite',
  work: (stores: Stores) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = base.transaction(NAMES, mode, { durability: 'strict' })
    let result: T
    transaction.oncomplete = () => resolve(result)
    transaction.onabort = () => reject(transaction.error)
    work(storesOf(transaction))
      .then((value) => {
        result = value
      })
      .catch((failure) => {
        reject(failure)
        transaction.abort()
      })
      // It was over already.
      .catch(() => {})
  })
}

const storesOf = (transaction: IDBTransaction): Stores =>
  Object.fromEntries(NAMES.map((name) => [name, storeOf(transaction.objectStore(name))])) as never

const storeOf = (store: IDBObjectStore): Store<never> => ({
  get: (key) => answerOf(store.get(key)),
  all: () => answerOf(store.getAll()),
  put: (value, key) => answerOf(store.put(value, key)),
  drop: (key) => answerOf(store.delete(key)),
})

const answerOf = <T>(request: IDBRequest): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
