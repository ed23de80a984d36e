/** What this phone holds of the person who is signed in and can no longer deliver itself: its pairing was dropped, or
 * somebody else keeps the phone now. It is offered, never sent unasked, and never let go. */
import { signal } from '@preact/signals'
import { Problem, put } from '../api/index.ts'
import { owner } from '../app/owner.ts'
import { handedIn, heldFor } from '../offline/index.ts'
import { fileNow } from './filing.ts'

type Held = Awaited<ReturnType<typeof heldFor>>

export const held = signal<Held>([])

/** "Not now", until the next sign-in or a new tab. */
export const heldPutOff = signal(false)

export async function lookForHeld(): Promise<void> {
  const account = owner.peek()?.id
  const found = account ? await heldFor(account) : []
  if (owner.peek()?.id === account) held.value = found
}

/** Each is forgotten here only when the server has it. */
export async function sendHeld(): Promise<void> {
  let failure: unknown
  try {
    for (const { id, device, bytes } of held.peek()) {
      const path = { device_id: device, deposit_id: id }
      try {
        await put('/devices/{device_id}/deposits/{deposit_id}', { path, bytes })
        await handedIn([id])
      } catch (refused) {
        // One that is refused keeps none of the others back.
        if (!(refused instanceof Problem) || refused.status === 401) throw refused
        failure = refused
      }
    }
  } finally {
    await fileNow()
    await lookForHeld()
  }
  if (failure) throw failure
}
