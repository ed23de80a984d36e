/** The phones a person keeps, and keeping this one. */
import { effect, signal } from '@preact/signals'
import { type Device, get, post, remove } from '../api/index.ts'
import { owner } from '../app/owner.ts'
import { pair, pairingFor, unpair } from '../offline/index.ts'

/** All phones of whoever is signed in, dropped ones too, once they were read. */
export const devices = signal<readonly Device[] | undefined>(undefined)

/** Which of them this browser is, also while somebody else keeps it. */
export const deviceHere = (): string | undefined => pairingFor(owner.value?.id ?? '')?.device

/** Whether the browser promised to keep what waits on this phone. */
export const lasting = signal<boolean | undefined>(undefined)

let account: string | undefined
effect(() => {
  const now = owner.value?.id
  if (now !== account) devices.value = undefined
  account = now
})

export async function loadDevices(): Promise<readonly Device[]> {
  const { data } = await get('/devices')
  devices.value = data.devices
  return data.devices
}

export async function askLasting(): Promise<void> {
  lasting.value = (await navigator.storage?.persisted?.()) ?? false
}

/** From now on this browser opens straight into a check-in of the person who is signed in. */
export async function keepThisPhone(): Promise<void> {
  // Some browsers ask the person, and only within their tap; the pairing does not wait for the answer.
  navigator.storage?.persist?.().then(askLasting, () => {})
  const { data } = await post('/devices', { body: {} })
  try {
    await pair(data)
  } catch (failure) {
    await dropPhone(data.device.id).catch(() => {})
    throw failure
  }
  await loadDevices().catch(() => {})
}

export async function dropPhone(id: string): Promise<void> {
  await remove('/devices/{device_id}', { path: { device_id: id } })
  await loadDevices().catch(() => {})
}

/** The server first: a phone that only forgot could still be used by whoever has what it kept. */
export async function stopUsing(id: string, account: string): Promise<void> {
  await dropPhone(id)
  await unpair(account)
}

/** Whether this browser can keep and seal at all. */
export async function canKeep(): Promise<boolean> {
  if (!('indexedDB' in globalThis) || !globalThis.crypto?.subtle) return false
  try {
    await crypto.subtle.generateKey({ name: 'X25519' }, false, ['deriveBits'])
    return true
  } catch {
    return false
  }
}

/** Held in a hand: touched, and narrow whichever way it is turned. */
export const isPhone = (): boolean =>
  matchMedia('(pointer: coarse) and (hover: none)').matches && Math.min(screen.width, screen.height) < 600
