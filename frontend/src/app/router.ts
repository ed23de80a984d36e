import { signal } from '@preact/signals'
import { match } from './match.ts'
import { routes } from './routes.ts'

export interface Place {
  path: string
  query: URLSearchParams
  /** Counts visits, so that going to the same address again is a new screen. */
  visit: number
}

const read = (visit: number): Place => ({
  path: location.pathname,
  query: new URLSearchParams(location.search),
  visit,
})

/** Where the patient is. */
export const here = signal<Place>(read(0))

/** How many steps into one screen the patient is, such as the questions of a check-in. Back leads through them, and
 * what each one is stays in memory: nothing about it is put into the browser's history. */
export const spot = signal(0)

let depth = 0

/** Goes to an address of the app. Never put anything about health in one. */
export function go(address: string, { instead = false } = {}): void {
  if (instead) history.replaceState({ depth }, '', address)
  else history.pushState({ depth: ++depth }, '', address)
  spot.value = 0
  here.value = read(here.peek().visit + 1)
}

/** One step on, on the same screen. */
export function stepOn(): void {
  spot.value++
  history.pushState({ depth: ++depth, spot: spot.value }, '')
}

/** Leaves a screen of several steps as if it had been one: the browser's own back does not lead into it again. */
export function leaveSteps(address: string): void {
  const steps = spot.peek()
  if (steps > 0) {
    addEventListener('popstate', () => go(address, { instead: true }), { once: true })
    history.go(-steps)
  } else go(address, { instead: true })
}

/** One screen back, or to `fallback` when this was the first of the visit. */
export function back(fallback = '/'): void {
  if (depth > 0) history.back()
  else go(fallback, { instead: true })
}

/** Follows links and the browser's own back and forward. Addresses that are not the app's are left to the browser. */
export function startRouter(): void {
  history.replaceState({ depth }, '')
  history.scrollRestoration = 'manual'
  addEventListener('popstate', (event) => {
    const state = event.state as { depth?: number; spot?: number } | null
    // A jump within the page, such as to its content, is not a visit.
    if (state?.depth === undefined || (state.depth === depth && isHere())) return
    depth = state.depth
    const before = spot.peek()
    spot.value = state.spot ?? 0
    if (spot.peek() === before || !isHere()) here.value = read(here.peek().visit + 1)
  })
  document.addEventListener('click', (event) => {
    const link = followed(event)
    if (!link) return
    event.preventDefault()
    go(link.pathname + link.search)
  })
}

const isHere = () =>
  here.peek().path === location.pathname &&
  `${here.peek().query}` === `${new URLSearchParams(location.search)}`

function followed(event: MouseEvent): HTMLAnchorElement | undefined {
  const changed = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
  if (changed || event.defaultPrevented || !(event.target instanceof Element)) return undefined
  const link = event.target.closest('a')
  if (!link?.href || link.target || link.hasAttribute('download') || link.origin !== location.origin)
    return undefined
  if (link.hash && link.pathname === location.pathname) return undefined
  return match(routes, link.pathname) ? link : undefined
}
