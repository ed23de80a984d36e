import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { open } from '../../scripts/opening.ts'
import { type Bytes, fromHex, joined, ofUuid, toHex, u32, utf8 } from '../../src/offline/bytes.ts'
import {
  importDeviceKey,
  LONGEST,
  NotTheirs,
  readIdentity,
  type Sealing,
  sealText,
  TooLong,
} from '../../src/offline/sealing.ts'
import { person, random } from './phone.ts'

interface Vectors {
  account: string
  device: string
  public_identity: string
  bundle: string
  device_key: string
  vectors: { deposit: string; document: string; blob: string; made_by: 'python' | 'js'; ephemeral?: string }[]
}

const HERE = new URL('../../../tests/crypto/vectors/', import.meta.url)
/** Where the deposit secret stands in an identity bundle. */
const SECRET = 6 + 4 + 1

const OURS: Vectors = JSON.parse(readFileSync(new URL('deposits-js-1.json', HERE), 'utf8'))
const BOTH = new URL('deposits-1.json', HERE)

async function openAll(file: Vectors): Promise<void> {
  const deviceKey = fromHex(file.device_key)
  const secret = fromHex(file.bundle).slice(SECRET, SECRET + 32)
  await readIdentity(fromHex(file.public_identity), fromHex(file.account))
  for (const { deposit, document, blob } of file.vectors) {
    const place = { account: fromHex(file.account), device: fromHex(file.device), deposit: fromHex(deposit) }
    assert.equal(toHex(await open(fromHex(blob), { secret, deviceKey, place })), document)
  }
}

describe('the fixed vectors', () => {
  it('are made again to the byte', async () => {
    const { key: recipient } = await readIdentity(fromHex(OURS.public_identity), fromHex(OURS.account))
    const deviceKey = await importDeviceKey(fromHex(OURS.device_key))
    for (const { deposit, document, blob, ephemeral } of OURS.vectors) {
      const place = {
        account: fromHex(OURS.account),
        device: fromHex(OURS.device),
        deposit: fromHex(deposit),
      }
      const sealed = await sealText(fromHex(document), {
        recipient,
        deviceKey,
        place,
        ephemeral: fromHex(ephemeral!),
      })
      assert.equal(toHex(sealed), blob)
    }
    assert.equal(OURS.vectors.length, 50)
  })

  it('open', () => openAll(OURS))

  it('open when the server made them', { skip: !existsSync(BOTH) }, () =>
    openAll(JSON.parse(readFileSync(BOTH, 'utf8'))),
  )
})

async function sealing(): Promise<{ sealing: Sealing; opening: Parameters<typeof open>[1] }> {
  const { secret, identity, account } = await person()
  const key = random(32)
  const place = { account: ofUuid(account), device: random(16), deposit: random(16) }
  const { key: recipient } = await readIdentity(identity, place.account)
  return {
    sealing: { recipient, deviceKey: await importDeviceKey(key), place },
    opening: { secret, deviceKey: key, place },
  }
}

describe('a seal', () => {
  it('opens to what was sealed, and tells its size by the bucket alone', async () => {
    const { sealing: how, opening } = await sealing()
    for (const [length, size] of [
      [0, 512],
      [476, 512],
      [477, 1024],
      [1_000, 2048],
      [LONGEST, 131_072],
    ] as const) {
      const text = random(length)
      const blob = await sealText(text, how)
      assert.equal(blob.length, 6 + 16 + 32 + size + 16)
      assert.deepEqual(await open(blob, opening), text)
    }
  })

  it('of one byte more than fits is an error', async () => {
    const { sealing: how } = await sealing()
    await assert.rejects(sealText(random(LONGEST + 1), how), TooLong)
  })

  it('opens nowhere else, and not when any part of it was changed', async () => {
    const { sealing: how, opening } = await sealing()
    const blob = await sealText(utf8('{"check_in":{}}'), how)
    for (const name of ['account', 'device', 'deposit'] as const) {
      const place = { ...opening.place, [name]: random(16) }
      await assert.rejects(open(blob, { ...opening, place }))
    }
    await assert.rejects(open(blob, { ...opening, deviceKey: random(32) }), /mac/)
    for (const at of [0, 1, 5, 6, 21, 22, 53, 54, blob.length - 1]) {
      const changed = blob.slice()
      changed[at]! ^= 1
      await assert.rejects(open(changed, opening), `byte ${at}`)
    }
  })

  it('never is the same twice', async () => {
    const { sealing: how } = await sealing()
    const seals = await Promise.all(Array.from({ length: 20 }, () => sealText(utf8('{}'), how)))
    assert.equal(new Set(seals.map((blob) => toHex(blob.subarray(22, 54)))).size, 20)
  })

  it('is made with a key that cannot be taken out of the browser', async () => {
    const { sealing: how } = await sealing()
    assert.equal(how.deviceKey.extractable, false)
    await assert.rejects(crypto.subtle.exportKey('raw', how.deviceKey))
  })
})

describe('a public identity', () => {
  it('is refused for somebody else, of another size or kind, or when a byte was changed', async () => {
    const { identity, account } = await person()
    const refused = (blob: Bytes, of = ofUuid(account)) => assert.rejects(readIdentity(blob, of), NotTheirs)
    await refused(identity, ofUuid(randomUUID()))
    await refused(joined(identity, Uint8Array.of(0)))
    await refused(identity.slice(0, -1))
    for (const at of [0, 1, 3, 6, 26, 40, 100, 1304, 1310, 1369]) {
      const changed = identity.slice()
      changed[at]! ^= 1
      await refused(changed)
    }
    const noEpoch = identity.slice()
    noEpoch.set(u32(0), 22)
    await refused(noEpoch)
  })
})
