/** Opens deposits, for vectors and tests. The app itself cannot. */
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { type Bytes, isSame, joined, readU32 } from '../src/offline/bytes.ts'
import { headerOf, infoOf, LAYOUT, macInput, type Place, suite } from '../src/offline/sealing.ts'

const { HEADER, ENCAPSULATED, TAG, MAC, BUCKETS } = LAYOUT
/** RFC 8410's frame of a raw X25519 key. */
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex')

export interface Opening {
  /** X25519, raw. */
  secret: Bytes
  deviceKey: Bytes
  place: Place
}

/** The document's bytes, or an error. */
export async function open(blob: Bytes, { secret, deviceKey, place }: Opening): Promise<Bytes> {
  const padded = blob.length - HEADER - ENCAPSULATED - TAG
  const header = headerOf(place.device, padded)
  if (!BUCKETS.includes(padded) || !isSame(blob.subarray(0, HEADER), header)) throw new Error('header')
  const hpke = suite()
  const recipientKey = await hpke.kem.importKey('jwk', jwkOf(secret), false)
  const enc = blob.slice(HEADER, HEADER + ENCAPSULATED)
  const sealed = blob.slice(HEADER + ENCAPSULATED)
  const info = infoOf(header, place)
  const plain = unpad(new Uint8Array(await hpke.open({ recipientKey, enc, info }, sealed)))
  const [mac, document] = [plain.slice(0, MAC), plain.slice(MAC)]
  const key = await crypto.subtle.importKey('raw', deviceKey, HMAC, false, ['verify'])
  if (!(await crypto.subtle.verify('HMAC', key, mac, macInput(place, document)))) throw new Error('mac')
  return document
}

const HMAC = { name: 'HMAC', hash: 'SHA-256' }

function unpad(padded: Bytes): Bytes {
  const length = readU32(padded, 0)
  const fits = BUCKETS.find((size) => size >= length + 4) === padded.length
  if (!fits || padded.subarray(4 + length).some((byte) => byte !== 0)) throw new Error('padding')
  return padded.slice(4, 4 + length)
}

const keyOf = (secret: Bytes) =>
  createPrivateKey({ key: Buffer.from(joined(PKCS8, secret)), format: 'der', type: 'pkcs8' })

const jwkOf = (secret: Bytes): JsonWebKey => ({
  ...(keyOf(secret).export({ format: 'jwk' }) as JsonWebKey),
  key_ops: ['deriveBits'],
})

/** The X25519 public key of a raw secret. */
export const publicOf = (secret: Bytes): Bytes =>
  new Uint8Array(createPublicKey(keyOf(secret)).export({ format: 'der', type: 'spki' }).subarray(-32))
