/** Who is let through where. What is not known yet is waited for, but never for long on a phone that can seal. */
import { effect, signal } from '@preact/signals'
import { loadCatalogue } from '../catalogue/index.ts'
import { pairing, writer } from '../offline/index.ts'
import { match } from './match.ts'
import { isTherapist, owner, unasked, wasSignedIn } from './owner.ts'
import { type Route, routes } from './routes.ts'

/** How long a check-in waits for the server to say who is signed in. */
const PATIENCE_MS = 700

/** Nobody waits for the server's answer any more. */
const waited = signal(false)
setTimeout(() => {
  waited.value = true
}, PATIENCE_MS)

/** The first screen of a phone that is kept, with nobody signed in: the check-in itself. */
export const START = '/check-in/landing'

/** A check-in can be sealed here now, and nobody is signed in, or the server does not say. */
const sealsOnly = (): boolean =>
  !owner.value && writer.value != null && (owner.value === null || unasked.value || waited.value)

/** Whether this phone was kept when it was last used: a guess, so that the check-in is fetched before the store says so. */
const HINT = 'kept'

effect(() => {
  if (pairing.value) localStorage.setItem(HINT, '1')
  else if (pairing.value === null) localStorage.removeItem(HINT)
})

export const wasKept = (): boolean => localStorage.getItem(HINT) !== null

/** Begins to load what the first screen of this phone will be. */
export function hurryToStart(): void {
  const door = match(routes, location.pathname)?.route.door
  if (!wasKept() || !(door === 'start' || location.pathname === '/today')) return
  match(routes, START)
    ?.route.load()
    .catch(() => {})
  loadCatalogue().catch(() => {})
}

/** Where somebody signed in begins. A therapist first sets up the second factor. */
export const home = (): string =>
  !isTherapist() ? '/today' : owner.value?.second_factor_due ? '/second-factor' : '/desk'

export type Passage = 'open' | 'wait' | 'no-connection' | { to: string }

export function passage({ door, path }: Route, address: string, wanted: string | null): Passage {
  if (door === 'anyone') return 'open'
  if (owner.value) return forOwner(door, wanted)
  // Icons made by earlier versions open Today.
  if (sealsOnly() && (door === 'start' || path === '/today')) return { to: START }
  if (door === 'writer' || door === 'phone') {
    if (sealsOnly() || (writer.value != null && !wasSignedIn())) return 'open'
  }
  if (door === 'visitor' && owner.value === null) return 'open'
  if (pairing.value === undefined || owner.value === undefined) return stillUnknown(door)
  if (door === 'start') return 'open'
  return { to: door === 'phone' ? '/' : `/sign-in?to=${encodeURIComponent(address)}` }
}

function forOwner(door: Route['door'], wanted: string | null): Passage {
  if (lets(door)) return 'open'
  return { to: (door === 'visitor' && wantedAddress(wanted)) || home() }
}

/** Whether a door opens to whoever is signed in. */
function lets(door: Route['door']): boolean {
  if (door === 'entering') return true
  if (owner.value?.second_factor_due) return false
  if (door === 'patient' || door === 'writer') return !isTherapist()
  return door === 'owner' || (door === 'reviewer' && isTherapist())
}

/** Whether only somebody signed in can have asked for it. */
export const asksForOwner = (door: Route['door'] | undefined): boolean =>
  door !== undefined && ['owner', 'patient', 'reviewer', 'entering', 'writer'].includes(door)

function stillUnknown(door: Route['door']): Passage {
  if (!unasked.value || pairing.value === undefined) return 'wait'
  return door === 'visitor' || door === 'start' ? 'open' : 'no-connection'
}

/** Where a person was going before the sign-in, if it is an address of the app. */
function wantedAddress(address: string | null): string | undefined {
  const door = address && match(routes, address.split('?')[0]!)?.route.door
  if (door === 'anyone') return address!
  return door && asksForOwner(door) && lets(door) ? address! : undefined
}
