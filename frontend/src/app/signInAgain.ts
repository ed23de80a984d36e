import { signal } from '@preact/signals'
import { whenSignInEnded } from '../api/client.ts'
import { owner } from './owner.ts'

/** Whether the sign-in sheet lies over the current screen. */
export const sheetOpen = signal(false)

let waiting: ((signedIn: boolean) => void)[] = []

/** Requests that found the sign-in ended wait here, together, for the one sheet. */
export function startSheet(): void {
  whenSignInEnded(() => {
    if (!owner.peek()) return Promise.resolve(false)
    sheetOpen.value = true
    return new Promise((resolve) => waiting.push(resolve))
  })
}

export function closeSheet(signedIn: boolean): void {
  sheetOpen.value = false
  const released = waiting
  waiting = []
  for (const release of released) release(signedIn)
}
