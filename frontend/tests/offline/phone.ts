/** A phone for the tests: a store in memory, somebody to seal for, and a server that can open what arrives. */
import 'fake-indexeddb/auto'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { open, publicOf } from '../../scripts/opening.ts'
import { type Bytes, joined, labelled, ofUuid, u32 } from '../../src/offline/bytes.ts'
import type { Send } from '../../src/offline/delivering.ts'
import type { DevicePaired } from '../../src/offline/pairing.ts'

export const random = (length: number): Bytes => new Uint8Array(randomBytes(length))
const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

export interface Person {
  account: string
  secret: Bytes
  identity: Bytes
}

/** Somebody with keys; the signature over them is real. */
export async function person(account = randomUUID()): Promise<Person> {
  const secret = random(32)
  const signing = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair
  const verifying = new Uint8Array(await crypto.subtle.exportKey('raw', signing.publicKey))
  const prefix = joined(Uint8Array.of(1, 2), u32(1364))
  const body = joined(prefix, ofUuid(account), u32(1), publicOf(secret), random(1216), verifying)
  const signed = labelled('shoreline/v1/public-identity', body)
  const signature = await crypto.subtle.sign('Ed25519', signing.privateKey, signed)
  return { account, secret, identity: joined(body, new Uint8Array(signature)) }
}

export interface Device {
  person: Person
  id: string
  key: Bytes
  token: string
}

export function deviceOf(person: Person): { device: Device; answer: DevicePaired } {
  const device = { person, id: randomUUID(), key: random(32), token: base64url(random(32)) }
  const answer = {
    device: { id: device.id },
    account_id: person.account,
    token: device.token,
    device_key: base64url(device.key),
    public_identity: base64url(person.identity),
  }
  return { device, answer }
}

interface Document {
  check_in: { id: string; ratings: { mood: number } }
  replaces?: string[]
}

export type Weather = 'fine' | 'lost request' | 'lost reply' | number

/** Takes deposits as ours does: the same bytes twice are one, other bytes under the same id are refused. */
export class Server {
  readonly devices: Device[] = []
  readonly kept = new Map<string, { bytes: Bytes; device: Device }>()
  readonly asked: string[] = []
  /** What becomes of each request, in turn. */
  weather: () => Weather = () => 'fine'
  wait: number | undefined
  underway = 0
  most = 0

  receive: Send = async ({ id }, token, bytes) => {
    this.asked.push(id)
    this.most = Math.max(this.most, ++this.underway)
    await null
    this.underway--
    const weather = this.weather()
    if (weather === 'lost request') throw new TypeError('Failed to fetch')
    if (typeof weather === 'number') return { status: weather, wait: this.wait }
    const status = this.take(id, token, bytes)
    if (weather === 'lost reply') throw new TypeError('Failed to fetch')
    return { status }
  }

  take(id: string, token: string, bytes: Bytes): number {
    const device = this.devices.find((each) => each.token === token)
    if (!device) return 401
    const before = this.kept.get(id)
    if (before) return Buffer.compare(before.bytes, bytes) ? 409 : 204
    this.kept.set(id, { bytes, device })
    return 201
  }

  /** What filing would make of it: of each check-in the seal that no other one replaces. */
  async filed(): Promise<Map<string, Document[]>> {
    const opened = await Promise.all([...this.kept].map((each) => this.opened(...each)))
    const replaced = new Set(opened.flatMap(([, document]) => document.replaces ?? []))
    const filed = new Map<string, Document[]>()
    for (const [id, document] of opened.filter(([id]) => !replaced.has(id))) {
      if (!id) continue
      filed.set(document.check_in.id, [...(filed.get(document.check_in.id) ?? []), document])
    }
    return filed
  }

  private async opened(id: string, { bytes, device }: { bytes: Bytes; device: Device }) {
    const place = { account: ofUuid(device.person.account), device: ofUuid(device.id), deposit: ofUuid(id) }
    const text = await open(bytes, { secret: device.person.secret, deviceKey: device.key, place })
    return [id, JSON.parse(new TextDecoder().decode(text)) as Document] as const
  }
}

export const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
