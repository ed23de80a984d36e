/** Bytes as the server spells them. */
export type Bytes = Uint8Array<ArrayBuffer>

const TEXT = new TextEncoder()

export const utf8 = (text: string): Bytes => TEXT.encode(text)

export function joined(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** label || 0x00 || what it is about. */
export const labelled = (label: string, ...context: readonly Uint8Array[]): Bytes =>
  joined(utf8(label), new Uint8Array(1), ...context)

export const u32 = (value: number): Bytes => {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

export const readU32 = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(at)

export const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at])

export function fromHex(text: string): Bytes {
  if (text.length % 2 || !/^[0-9a-f]*$/i.test(text)) throw new TypeError('hex')
  return Uint8Array.from({ length: text.length / 2 }, (_, at) =>
    Number.parseInt(text.slice(2 * at, 2 * at + 2), 16),
  )
}

export const toHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** The 16 bytes of a UUID. */
export function ofUuid(text: string): Bytes {
  const bytes = fromHex(text.replaceAll('-', ''))
  if (bytes.length !== 16) throw new TypeError('uuid')
  return bytes
}

/** base64url without padding. */
export const fromBase64url = (text: string): Bytes =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
