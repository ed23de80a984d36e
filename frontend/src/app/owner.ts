import { batch, effect, signal } from '@preact/signals'
import { type Account, askFor, get, Problem } from '../api/index.ts'
import { whoIsIn } from '../offline/index.ts'
import { letAllGo } from '../unsaved/index.ts'

/** Who is signed in on this tab; `null` for a visitor, `undefined` until the server has said. */
export const owner = signal<Account | null | undefined>(undefined)

/** True when the server could not be asked who is signed in. */
export const unasked = signal(false)

// The outbox sends for whoever is signed in and for nobody else.
effect(() => {
  whoIsIn(owner.value === null ? null : owner.value?.id, owner.value === undefined && !unasked.value).catch(
    () => {},
  )
})

askFor(() => owner.peek()?.id)

/** A therapist, who reviews what patients share. */
export const isTherapist = (): boolean => owner.value?.role === 'therapist'

let asking: Promise<void> | undefined

/** Whether somebody was signed in on this browser when it was last used: a guess, so that a visitor's page need not
 * ask and be refused. */
const HINT = 'signed-in'

export const wasSignedIn = (): boolean => localStorage.getItem(HINT) !== null

/** At the start: nobody is signed in where nobody was, unless the address is one that asks for it. What could not be
 * asked is asked again with the connection. */
export function meetOwner(ownersAddress: boolean): void {
  if (ownersAddress || wasSignedIn()) askOwner()
  else owner.value = null
  addEventListener('online', () => {
    if (owner.peek() === undefined) askOwner()
  })
}

/** Asks the server who is signed in. */
export function askOwner(): Promise<void> {
  asking ??= ask().finally(() => {
    asking = undefined
  })
  return asking
}

async function ask(): Promise<void> {
  unasked.value = false
  try {
    welcomeOwner((await get('/account', { asVisitor: true })).data)
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 401) nobody()
    else unasked.value = true
  }
}

/** Somebody signed in. What another person left unsaved in this tab goes first. */
export function welcomeOwner(account: Account): void {
  const before = owner.peek()
  localStorage.setItem(HINT, '1')
  batch(() => {
    owner.value = account
    if (before && before.id !== account.id) letAllGo()
  })
}

/** An account was deleted: the page that comes next says so once. An address that said it could be sent to anybody. */
const GONE = 'gone'

export const sayGone = (): void => sessionStorage.setItem(GONE, '1')

export function wasGone(): boolean {
  const gone = sessionStorage.getItem(GONE) !== null
  sessionStorage.removeItem(GONE)
  return gone
}

/** Nobody is signed in any more; the page is loaded anew so that nothing of the person stays in memory. */
export function leave(address = '/welcome'): void {
  batch(() => {
    nobody()
    letAllGo()
  })
  location.assign(address)
}

function nobody(): void {
  localStorage.removeItem(HINT)
  owner.value = null
}
