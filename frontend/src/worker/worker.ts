/// The shell on this device: precached whole, served from here, changed only when the patient says so. Nothing of a
/// journal is ever kept: requests to /api go to the network and nowhere else.
import { sendLeftovers } from './sync.ts'

declare const self: ServiceWorkerGlobalScope
declare const __FILES__: string[]
declare const __VERSION__: string

const SHELL = `shoreline-${__VERSION__}`
const PAGE = '/'
const NOT_OURS = /^\/(api|docs)\//

self.addEventListener('install', (event) => {
  event.waitUntil(keepShell())
})

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOlder())
})

self.addEventListener('message', (event) => {
  if (event.data === 'SKIP_WAITING') self.skipWaiting()
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin || NOT_OURS.test(url.pathname)) return
  event.respondWith(request.mode === 'navigate' ? page(request) : kept(request))
})

/** The browser found a connection; the app may be closed. The type is in no library yet. */
self.addEventListener('sync' as 'activate', (event) => {
  event.waitUntil(sendLeftovers())
})

/** Every file of this version, or none: a half shell is no shell. */
async function keepShell(): Promise<void> {
  const cache = await caches.open(SHELL)
  await cache.addAll([PAGE, ...__FILES__].map((file) => new Request(file, { cache: 'reload' })))
}

async function dropOlder(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name)))
  await self.clients.claim()
}

async function page(request: Request): Promise<Response> {
  return (await caches.match(PAGE, { cacheName: SHELL })) ?? fetch(request)
}

async function kept(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: SHELL })) ?? fetch(request)
}
