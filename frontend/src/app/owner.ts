import { signal } from '@preact/signals'
import { type Account, get, Problem } from '../api/index.ts'
import { letAllGo } from '../unsaved/index.ts'

/** Who is signed in on this tab; `null` for a visitor, `undefined` until the server has said. */
export const owner = signal<Account | null | undefined>(undefined)

/** True when the server could not be asked who is signed in. */
export const unasked = signal(false)

let asking: Promise<void> | undefined

/** Whether somebody was signed in on this browser when it was last used: a guess, so that a visitor's page need not
 * ask and be refused. */
const HINT = 'signed-in'

/** At the start: nobody is signed in where nobody was, unless the address is one that asks for it. */
export function meetOwner(ownersAddress: boolean): void {
  if (ownersAddress || localStorage.getItem(HINT)) askOwner()
  else owner.value = null
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
  if (before && before.id !== account.id) letAllGo()
  localStorage.setItem(HINT, '1')
  owner.value = account
}

/** Nobody is signed in any more; the page is loaded anew so that nothing of the person stays in memory. */
export function leave(address = '/welcome'): void {
  letAllGo()
  nobody()
  location.assign(address)
}

function nobody(): void {
  localStorage.removeItem(HINT)
  owner.value = null
}
