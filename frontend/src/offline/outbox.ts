/** Sends what is sealed, one seal at a time, for as long as the app is open; the worker does when it is not.
 *
 * `navigator.onLine` stays true while the server is dead, so trying again follows a clock of its own. */
import { effect, untracked } from '@preact/signals'
import { deliver, isDue, livingTabs, type Outcome, type Send, sendToServer, TAB_LOCK } from './delivering.ts'
import {
  amend,
  asking,
  changed,
  pairingOf,
  refresh,
  rows,
  sealedHere,
  TAB,
  troubles,
  viewer,
} from './holdings.ts'
import type { ItemRow } from './store.ts'

const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 10_000]
/** Between two attempts for a check-in that is being answered; longer the more of them there were. */
const PACE_MS = 3_000
const OTHER_TRY_MS = 60_000
/** No server is asked to be waited for longer: what it says may be a mistake, or a proxy's. */
const HOUR_MS = 3_600_000

let send: Send = sendToServer
let sending: Promise<void> | undefined
let again = false
let hurry = false
let tries = 0
let notBefore = 0
let timer: ReturnType<typeof setTimeout> | undefined
/** Check-ins that are being answered in this tab, and when each was last tried. */
const running = new Map<string, number>()
/** What the server did not take in this form is not sent again before the next start. */
const refused = new Set<string>()

/** Tests send to a server of their own. */
export function sendBy(other: Send): void {
  send = other
}

/** Sends all there is, without waiting for more answers. */
export function sendNow(): void {
  hurry = true
  void sendSoon()
}

/** A check-in that is being answered is not sent at every tap. */
export function isRunning(checkIn: string): void {
  if (!running.has(checkIn)) running.set(checkIn, 0)
}

/** It is at its end: what there is of it goes at once. */
export function hasEnded(checkIn: string): void {
  running.delete(checkIn)
  sendNow()
}

export function sendSoon(): Promise<void> {
  again = true
  sending ??= rounds().finally(() => {
    sending = undefined
  })
  return sending
}

function sendAfter(wait: number): void {
  clearTimeout(timer)
  timer = setTimeout(() => void sendSoon(), wait)
}

async function rounds(): Promise<void> {
  clearTimeout(timer)
  try {
    while (again) {
      again = false
      await round()
    }
  } catch {
    // The store did not answer. What is in it stays, and is tried again.
    sendAfter(RETRY_MS.at(-1)!)
  }
}

async function round(): Promise<void> {
  if (Date.now() < notBefore) return sendAfter(notBefore - Date.now())
  const inHaste = hurry
  hurry = false
  let rest = Number.POSITIVE_INFINITY
  for (const item of await due()) {
    if (item.account !== viewer.peek() || asking.peek()) return
    const wait = inHaste ? 0 : paceOf(item)
    if (wait > 0) rest = Math.min(rest, wait)
    else if (!(await sendOne(item))) return
  }
  if (rest < Number.POSITIVE_INFINITY) sendAfter(rest)
}

/** The oldest first. */
async function due(): Promise<ItemRow[]> {
  const pairing = pairingOf(viewer.peek())
  if (!pairing || asking.peek()) return []
  const tabs = rows.peek().some(({ tab }) => tab) ? await livingTabs() : new Set<string>()
  tabs.add(TAB_LOCK + TAB)
  return rows
    .peek()
    .filter((item) => isDue(item, pairing, tabs) && !refused.has(item.id))
    .sort((one, other) => one.savedAt - other.savedAt)
}

function paceOf({ checkIn, earlier }: ItemRow): number {
  const last = running.get(checkIn)
  return last ? last + PACE_MS * (1 + earlier.length / 10) - Date.now() : 0
}

/** Whether to go on with the next. */
async function sendOne(item: ItemRow): Promise<boolean> {
  const pairing = pairingOf(item.account)
  if (!pairing) return true
  if (running.has(item.checkIn)) running.set(item.checkIn, Date.now())
  const outcome = await deliver(item, pairing, send)
  await note(item, outcome)
  changed()
  return outcome.is === 'later' ? putOff(outcome) : goOn()
}

function goOn(): true {
  tries = 0
  return true
}

function putOff({ status, wait }: { status?: number; wait?: number }): false {
  const longest = status === 429 ? HOUR_MS : status === 503 ? RETRY_MS.at(-1)! : 0
  const asked = Math.min((wait ?? 0) * 1000, longest)
  if (asked) notBefore = Date.now() + asked
  const step = status === 507 ? OTHER_TRY_MS : RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)]!
  sendAfter(Math.max(asked, step))
  return false
}

async function note({ id }: ItemRow, outcome: Outcome): Promise<void> {
  const now = new Map(troubles.peek())
  now.delete(id)
  if (outcome.is === 'refused') {
    refused.add(id)
    now.set(id, 'refused')
  } else if (outcome.is === 'later' && outcome.status === 507) now.set(id, 'full')
  // What is gone from the store may have gone with all of it: the bytes in memory are put back then.
  else if (outcome.is === 'delivered') sealedHere.delete(id)
  troubles.value = now
  if (outcome.is === 'delivered') amend(id, { state: 'delivered', attempted: true })
  else if (outcome.is === 'gone' || outcome.is === 'dropped') await refresh()
  else amend(id, { attempted: true, tab: undefined })
}

/** Somebody signed in or out, or this phone was kept: what may be sent is another's. */
export function watchViewer(): void {
  effect(() => {
    void [viewer.value, asking.value]
    untracked(() => void sendSoon())
  })
}

type Target = Pick<Window, 'addEventListener'>

/** Sends when the connection returns, the app is looked at again, or is about to be put away. */
export function watchConnection(target: Target = window): void {
  target.addEventListener('online', sendNow)
  target.addEventListener('pagehide', leaveToWorker)
  target.addEventListener('visibilitychange', seen, true)
}

function seen(): void {
  if (document.visibilityState === 'hidden') leaveToWorker()
  else void refresh().then(sendNow, () => {})
}

function leaveToWorker(): void {
  sendNow()
  if (rows.peek().some(({ state }) => state === 'here')) askForSync().catch(() => {})
}

/** The browser itself sends what is left when the app is closed, where it can. Asked for while the app is in view, it
 * would send beside it. */
async function askForSync(): Promise<void> {
  const worker = await navigator.serviceWorker?.getRegistration()
  await (worker as { sync?: { register(tag: string): Promise<void> } } | undefined)?.sync?.register('outbox')
}
