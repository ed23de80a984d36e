import { computed, signal } from '@preact/signals'

/** Answers that the server does not have yet, by a key of the area's choosing. They live in memory alone: they
 * survive other screens and an ended sign-in within the tab, and go when the tab goes. */
const kept = signal<ReadonlyMap<string, unknown>>(new Map())

export const anyUnsaved = computed(() => kept.value.size > 0)

/** What of it is also sealed on this phone: it does not go with the tab. */
export const sealedToo = signal<ReadonlySet<string>>(new Set())

/** In the order they were first kept. */
export const unsavedKeys = computed(() => [...kept.value.keys()])

/** Something would go with the tab. */
export const inTabAlone = computed(() => unsavedKeys.value.some((key) => !sealedToo.value.has(key)))

/** What is unsaved under a key; reading it in a component follows it. */
export const unsaved = <T>(key: string): T | undefined => kept.value.get(key) as T | undefined

export function keep<T>(key: string, value: T): void {
  kept.value = new Map(kept.value).set(key, value)
}

/** The server has it now, or the patient let it go. */
export function letGo(key: string): void {
  const rest = new Map(kept.value)
  if (rest.delete(key)) kept.value = rest
}

/** Somebody else signs in: nothing of the one before may remain. */
export function letAllGo(): void {
  kept.value = new Map()
}

/** The browser asks before the tab closes while anything would go with it. */
export function warnBeforeLeaving(target: Pick<Window, 'addEventListener'> = window): void {
  target.addEventListener('beforeunload', (event) => {
    if (inTabAlone.peek()) event.preventDefault()
  })
}
