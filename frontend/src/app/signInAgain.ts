import { signal } from '@preact/signals'
import { whenSignInEnded } from '../api/client.ts'
import { writer } from '../offline/index.ts'
import { match } from './match.ts'
import { owner } from './owner.ts'
import { here } from './router.ts'
import { routes } from './routes.ts'

/** Whether the sign-in sheet lies over the current screen. */
export const sheetOpen = signal(false)

/** Whether the screen is covered until the same person signs in again. */
export const covered = signal(false)

let wanted = false

/** The patient says they want to sign in now. */
export function wantSheet(): void {
  wanted = true
}

let waiting: ((signedIn: boolean) => void)[] = []

/** Requests that found the sign-in ended wait here, together, for the one sheet. Nobody who can write without a sign-in
 * meets it in the middle of a check-in. */
export function startSheet(): void {
  whenSignInEnded(() => {
    if (!owner.peek() || (writer.peek() && isWriting() && !wanted)) return Promise.resolve(false)
    wanted = false
    sheetOpen.value = true
    return new Promise((resolve) => waiting.push(resolve))
  })
}

const isWriting = (): boolean => match(routes, here.peek().path)?.route.door === 'writer'

export function openSheet(): void {
  sheetOpen.value = true
}

export function closeSheet(signedIn: boolean): void {
  sheetOpen.value = false
  if (signedIn) covered.value = false
  const released = waiting
  waiting = []
  for (const release of released) release(signedIn)
}
