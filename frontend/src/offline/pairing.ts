/** A phone is paired with somebody's journal: from then on it can seal for them, and hand over what it sealed. */
import { type Bytes, fromBase64url, ofUuid } from './bytes.ts'
import { changed, filed, pairings, refresh, rows, sealedHere, troubles } from './holdings.ts'
import { type ItemRow, type PairingRow, within } from './store.ts'

/** What `POST /devices` answers. */
export interface DevicePaired {
  device: { id: string }
  account_id: string
  token: string
  device_key: string
  public_identity: string
}

/** Keeps this browser as a phone of this account; it becomes the current one. Throws when the keys are not theirs, or
 * the browser cannot seal. */
export async function pair(answer: DevicePaired): Promise<void> {
  const { importDeviceKey, readIdentity, seal } = await import('./sealing.ts')
  const { account_id: account, token, device } = answer
  const { key: recipient, fingerprint } = await readIdentity(
    fromBase64url(answer.public_identity),
    ofUuid(account),
  )
  const deviceKey = await importDeviceKey(fromBase64url(answer.device_key))
  const place = { account: ofUuid(account), device: ofUuid(device.id), deposit: ofUuid(crypto.randomUUID()) }
  // A browser that cannot is found out now, and not in the hour after a session.
  await seal({}, { recipient, deviceKey, place })
  const row: PairingRow = { account, device: device.id, token, recipient, fingerprint, deviceKey }
  await within('readwrite', async (at) => {
    await at.pairings.put(row)
    await at.state.put({ current: account, owner: account }, 'now')
    // What an earlier pairing sealed goes by its owner's hand: its token is another one.
    for (const item of await at.items.all()) {
      const old = item.account === account && item.device !== device.id && item.state === 'here'
      if (old) await at.items.put({ ...item, state: 'dropped' })
    }
  })
  await refresh()
  changed()
}

/** This browser is no phone of theirs any more. What it still holds stays for their next sign-in. */
export async function unpair(account: string): Promise<void> {
  await within('readwrite', async (at) => {
    await at.pairings.drop(account)
    for (const item of await at.items.all()) {
      if (item.account === account && item.state === 'here') await at.items.put({ ...item, state: 'dropped' })
    }
  })
  await refresh()
  changed()
}

/** The account is gone: what was sealed for it can be opened by nobody any more. */
export async function forget(account: string): Promise<void> {
  await within('readwrite', async ({ pairings: known, items, seals, state }) => {
    await known.drop(account)
    for (const { id } of (await items.all()).filter((item) => item.account === account)) {
      await Promise.all([items.drop(id), seals.drop(id)])
    }
    if ((await state.get('now'))?.current === account) await state.drop('now')
  })
  pairings.value = []
  rows.value = []
  await refresh()
  changed()
}

/** These are in the journal: nothing of them is kept here. */
export async function inJournal(ids: readonly string[]): Promise<void> {
  if (!ids.length || !rows.peek().length) return
  const known = rows.peek().filter(({ id }) => ids.includes(id))
  filed.value = new Set([...filed.peek(), ...known.map(({ checkIn }) => checkIn)])
  await within('readwrite', async ({ items, seals }) => {
    for (const id of ids) await Promise.all([items.drop(id), seals.drop(id)])
  })
  for (const id of ids) sealedHere.delete(id)
  await refresh()
  changed()
}

export interface Held {
  id: string
  device: string
  bytes: Bytes
}

/** Undelivered items that no pairing of this phone can send any more; their owner can, signed in. */
export async function heldFor(account: string): Promise<Held[]> {
  if (!rows.peek().length) return []
  return within('readonly', async ({ items, seals, pairings: known }) => {
    const pairing = await known.get(account)
    const isHeld = (item: ItemRow) =>
      item.account === account &&
      item.state !== 'delivered' &&
      (item.state === 'dropped' ||
        !pairing ||
        pairing.dropped ||
        pairing.device !== item.device ||
        troubles.peek().get(item.id) === 'refused')
    const held = (await items.all()).filter(isHeld)
    const found = held.map(async ({ id, device }) => ({ id, device, bytes: (await seals.get(id))! }))
    return (await Promise.all(found)).filter(({ bytes }) => bytes !== undefined)
  })
}

/** The server has these now, handed in by their owner. */
export async function handedIn(ids: readonly string[]): Promise<void> {
  await within('readwrite', async ({ items, seals }) => {
    for (const id of ids) {
      const item = await items.get(id)
      if (item) await items.put({ ...item, state: 'delivered', attempted: true })
      await seals.drop(id)
    }
  })
  await refresh()
  changed()
}
