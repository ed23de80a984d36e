import { effect, signal } from '@preact/signals'
import { owner } from '../app/owner.ts'
import type { Draft } from './draft.ts'

/** The share that is being put together; in memory, so that a look at Help or at another page does not lose it. */
export const underway = signal<Draft | undefined>(undefined)

let whose: string | undefined

// Whoever signs in next finds nothing of the one before.
effect(() => {
  const id = owner.value?.id
  if (id === undefined || id === whose) return
  whose = id
  underway.value = undefined
})

export function change(changes: Partial<Draft>): void {
  const draft = underway.peek()
  if (draft) underway.value = { ...draft, ...changes }
}
