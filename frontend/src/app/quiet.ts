import { lastAsked } from '../api/client.ts'
import { isTherapist, owner } from './owner.ts'
import { covered, openSheet, sheetOpen } from './signInAgain.ts'

/** So long a therapist's sign-in lasts in which nothing is asked (THERAPIST_IDLE in journal/accounts/owner.py). */
const QUIET_MS = 15 * 60_000
const LOOKS_EVERY_MS = 10_000

/** A therapist's sign-in ends on the server when nothing was asked for a while; without this the screen would go on
 * telling whoever comes by. A laptop that was closed is looked at when it is opened. */
export function coverWhenQuiet(): void {
  const look = () => {
    if (covered.peek() || !owner.peek() || !isTherapist() || Date.now() - lastAsked() < QUIET_MS) return
    covered.value = true
    if (sheetOpen.peek()) return
    // One that is open would lie, unseen, over what is to be tapped.
    for (const dialog of document.querySelectorAll<HTMLDialogElement>('dialog[open]')) dialog.close()
    openSheet()
  }
  setInterval(look, LOOKS_EVERY_MS)
  document.addEventListener('visibilitychange', look)
}
