import { signal } from '@preact/signals'
import { anyUnsaved } from '../unsaved/index.ts'

/** A new version that waits for the patient's word. */
export const waitingVersion = signal<ServiceWorker | undefined>(undefined)

/** A check-in is being answered that could not be gone on with in a new page: it is not interrupted. */
export const inTheMiddle = signal(false)

/** Keeps the shell on this device, and looks out for new versions. */
export async function startWorker(): Promise<void> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const registration = await navigator.serviceWorker.register(workerAddress(), { updateViaCache: 'none' })
  watch(registration)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => {})
  })
}

/** The one string that may become a script's address under Trusted Types. */
function workerAddress(): string {
  const address = '/sw.js'
  const policy = window.trustedTypes?.createPolicy('shoreline-worker', {
    createScriptURL: (asked) => {
      if (asked !== address) throw new TypeError(asked)
      return asked
    },
  })
  return (policy?.createScriptURL(address) as string | undefined) ?? address
}

function watch(registration: ServiceWorkerRegistration): void {
  const offer = (worker: ServiceWorker | null) => {
    if (worker?.state === 'installed' && navigator.serviceWorker.controller) waitingVersion.value = worker
  }
  offer(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing
    worker?.addEventListener('statechange', () => offer(worker))
  })
}

/** Takes the new version, never over unsaved answers. */
export function applyUpdate(): void {
  const worker = waitingVersion.peek()
  if (!worker || anyUnsaved.peek()) return
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  worker.postMessage('SKIP_WAITING')
}
