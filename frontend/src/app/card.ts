import { signal } from '@preact/signals'

/** A card that somebody showed, as it stood in the fragment of the address. It stays in memory alone, across the
 * sign-in, and goes with the tab. */
export const cardShown = signal<string | undefined>(undefined)

/** Whether it was pasted: whatever it says, nobody stood before the screen it was made for. */
export const cardWasSent = signal(false)

/** Takes the card out of the address at once, before anything can keep it there. */
function take(): void {
  if (location.pathname !== '/meet' || location.hash.length < 2) return
  cardShown.value = location.hash.slice(1)
  cardWasSent.value = false
  history.replaceState(history.state, '', location.pathname)
}

/** At the start, and when a tab that is open already is sent to one. */
export function takeCards(): void {
  take()
  addEventListener('hashchange', take)
}
