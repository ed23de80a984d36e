/** When there may be something to file, or something this phone cannot deliver itself. */
import { effect, untracked } from '@preact/signals'
import { owner } from '../app/owner.ts'
import { items, pairing, sendNow } from '../offline/index.ts'
import { fileNow, nothingFiled } from './filing.ts'
import { heldPutOff, lookForHeld } from './held.ts'

/** At a sign-in, when the app is looked at again, and when this phone has just delivered something. */
export function watchDeposits(): void {
  effect(() => {
    const signedIn = owner.value
    untracked(() => {
      nothingFiled()
      heldPutOff.value = false
      if (!signedIn) return
      fileNow()
      // What a sleeping pairing holds goes when its owner is here.
      sendNow()
    })
  })
  let before = 0
  effect(() => {
    const delivered = items.value.filter(({ state }) => state === 'delivered').length
    if (delivered > before && owner.peek()) untracked(fileNow)
    before = delivered
  })
  effect(() => {
    // Each of these can change what is held.
    void [owner.value, pairing.value, items.value]
    untracked(lookForHeld)
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && owner.peek()) fileNow()
  })
}
