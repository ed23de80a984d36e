import { signal } from '@preact/signals'

/** What the browser believes. It may say true while the server is dead, so failures of requests speak for themselves. */
export const online = signal(navigator.onLine)

addEventListener('online', () => {
  online.value = true
})
addEventListener('offline', () => {
  online.value = false
})
