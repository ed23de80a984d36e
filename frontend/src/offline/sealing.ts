/** Seals a check-in to the patient's public key, as journal/crypto/FORMAT.md says. Nothing here can open one. */
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { type Bytes, isSame, joined, labelled, readU32, u32, utf8 } from './bytes.ts'

const SUITE = 1
const DEPOSIT = 0x60
const PUBLIC_IDENTITY = 0x02
const IDENTITY_BYTES = 1370
const PREFIX = 6
const SIGNATURE = 64
const HEADER = PREFIX + 16
const ENCAPSULATED = 32
const TAG = 16
const MAC = 32
const BUCKETS = [512, ...Array.from({ length: 8 }, (_, power) => 1024 << power)]

/** More than one deposit can hold. */
export class TooLong extends Error {}

/** These are not the keys of this account, or they were changed on the way. */
export class NotTheirs extends Error {}

/** Where a seal belongs, in raw bytes. */
export interface Place {
  account: Bytes
  device: Bytes
  deposit: Bytes
}

/** What the phone keeps of a public identity: it seals to these bytes and to no others. */
export interface Recipient {
  key: Bytes
  fingerprint: Bytes
}

export const suite = () =>
  new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })

const placeOf = ({ account, device, deposit }: Place): Bytes => joined(account, device, deposit)

export const headerOf = (device: Bytes, padded: number): Bytes =>
  joined(Uint8Array.of(SUITE, DEPOSIT), u32(device.length + ENCAPSULATED + padded + TAG), device)

export const infoOf = (header: Bytes, place: Place): Bytes =>
  labelled('shoreline/v1/deposit', header, placeOf(place))

/** What the device key covers. */
export const macInput = (place: Place, document: Bytes): Bytes =>
  labelled('shoreline/v1/deposit-mac', placeOf(place), document)

export const importDeviceKey = (raw: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])

/** Reads whom to seal for. The fingerprint is computed here, and the signature is checked where the browser can. */
export async function readIdentity(blob: Bytes, account: Bytes): Promise<Recipient> {
  const fits =
    blob.length === IDENTITY_BYTES &&
    blob[0] === SUITE &&
    blob[1] === PUBLIC_IDENTITY &&
    readU32(blob, 2) === IDENTITY_BYTES - PREFIX &&
    isSame(blob.subarray(PREFIX, PREFIX + 16), account) &&
    readU32(blob, PREFIX + 16) > 0
  if (!fits) throw new NotTheirs()
  const body = blob.slice(0, -SIGNATURE)
  await checkSignature(body, blob.slice(-SIGNATURE))
  const fingerprint = await crypto.subtle.digest('SHA-256', labelled('shoreline/v1/fingerprint', body))
  return { key: body.slice(PREFIX + 20, PREFIX + 52), fingerprint: new Uint8Array(fingerprint) }
}

/** Older browsers have no Ed25519. The signature only binds the keys to each other; who sent them is vouched for by
 * the sign-in they came with. */
async function checkSignature(body: Bytes, signature: Bytes): Promise<void> {
  let key: CryptoKey
  try {
    key = await crypto.subtle.importKey('raw', body.slice(-32), 'Ed25519', false, ['verify'])
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'NotSupportedError') return
    throw new NotTheirs()
  }
  const signed = labelled('shoreline/v1/public-identity', body)
  if (!(await crypto.subtle.verify('Ed25519', key, signature, signed))) throw new NotTheirs()
}

/** Seals a document. */
export const seal = (document: object, sealing: Sealing): Promise<Bytes> =>
  sealText(utf8(JSON.stringify(document)), sealing)

export async function sealText(text: Bytes, sealing: Sealing): Promise<Bytes> {
  const { recipient, deviceKey, place, ephemeral } = sealing
  const mac = await crypto.subtle.sign('HMAC', deviceKey, macInput(place, text))
  const padded = pad(joined(new Uint8Array(mac), text))
  const header = headerOf(place.device, padded.length)
  const hpke = suite()
  const recipientPublicKey = await hpke.kem.deserializePublicKey(recipient)
  const info = infoOf(header, place)
  const sealed = await hpke.seal({ recipientPublicKey, info, ekm: ephemeral }, padded)
  return joined(header, new Uint8Array(sealed.enc), new Uint8Array(sealed.ct))
}

export interface Sealing {
  /** X25519. */
  recipient: Bytes
  deviceKey: CryptoKey
  place: Place
  /** For the vectors alone: a key used twice gives both texts away. */
  ephemeral?: Bytes
}

/** u32 length, the bytes, zeros up to the bucket: the size says no more than the bucket. */
function pad(plain: Bytes): Bytes {
  const bucket = BUCKETS.find((size) => size >= plain.length + 4)
  if (bucket === undefined) throw new TooLong()
  return joined(u32(plain.length), plain, new Uint8Array(bucket - 4 - plain.length))
}

/** The longest document that fits. */
export const LONGEST = BUCKETS.at(-1)! - 4 - MAC
export const LAYOUT = { HEADER, ENCAPSULATED, MAC, BUCKETS, TAG } as const
