/** What there is to say of the phones that are kept, and of what they hold. Pure. */
import type { Device, Filing } from '../api/index.ts'
import type { Item, Pairing } from '../offline/index.ts'
import { fill, plural } from '../text.ts'

/** The part of the message file this needs. */
export type Words = typeof import('../../../journal/content/messages/en.json')['app']['deposits']

type Filed = Filing['filed']

/** How this browser stands to the person who is signed in: kept by them, by somebody else, or by nobody. */
export type Standing = 'unknown' | 'unkept' | 'mine' | 'dropped' | 'theirs'

export function standing(
  pairing: Pairing | null | undefined,
  owner: string | undefined,
  devices: readonly Device[] | undefined,
): Standing {
  if (pairing === undefined || owner === undefined) return 'unknown'
  if (pairing === null) return 'unkept'
  if (pairing.account !== owner) return 'theirs'
  return pairing.dropped || deviceOf(pairing, devices)?.dropped_at ? 'dropped' : 'mine'
}

export const deviceOf = (
  pairing: Pairing | null | undefined,
  devices: readonly Device[] | undefined,
): Device | undefined => devices?.find(({ id }) => id === pairing?.device)

export interface Situation {
  stands: Standing
  devices: readonly Device[] | undefined
  /** Held in a hand, and able to seal. */
  phone: boolean
  /** Undelivered check-ins that went with the storage of this phone. */
  lost: number
  /** What was answered with "Not now". */
  notNow: readonly Proposal[]
}

/** `keep`: nothing is kept yet. `cleared`: it may be the phone that was kept. `lost`: it is, and something went. */
export type Proposal = 'keep' | 'cleared' | 'lost'

/** What Today proposes about this phone, if anything. A phone that somebody else keeps is never taken over from there. */
export function proposal({ stands, devices, phone, lost, notNow }: Situation): Proposal | undefined {
  const asked = propose()
  return asked && !notNow.includes(asked) ? asked : undefined

  function propose(): Proposal | undefined {
    if (lost > 0) return 'lost'
    if (stands !== 'unkept' || !phone || !devices) return undefined
    if (!devices.length) return 'keep'
    return devices.some(({ dropped_at }) => !dropped_at) ? 'cleared' : undefined
  }
}

const DAY_MS = 24 * 3_600_000

export interface Outbox {
  /** On this phone only. */
  here: number
  delivered: number
  /** The oldest of those on this phone only is here for a day. */
  late: boolean
  /** Why some of them cannot be delivered as they are: the server has no room, or does not take them. */
  trouble?: Item['trouble']
}

export function outboxOf(items: readonly Item[], now: number): Outbox {
  const here = items.filter(({ state }) => state === 'here')
  return {
    here: here.length,
    delivered: items.filter(({ state }) => state === 'delivered').length,
    late: here.some(({ savedAt }) => now - savedAt >= DAY_MS),
    trouble: here.find(({ trouble }) => trouble)?.trouble,
  }
}

/** "2 check-ins from this phone were added.", a line a phone. What was in the journal already is not counted. */
export function filedLines(
  filed: Filed,
  here: string | undefined,
  devices: readonly Device[],
  words: Words['filed'],
): string[] {
  const counts = new Map<string, number>()
  for (const { added, device_id } of filed) {
    if (added) counts.set(device_id, (counts.get(device_id) ?? 0) + 1)
  }
  return [...counts].map(([device, count]) => {
    const name = devices.find(({ id }) => id === device)?.name ?? words.anotherPhone
    return fill(plural(words.added, count), { phone: device === here ? words.thisPhone : name })
  })
}

export interface Bare {
  key: string
  label: string
  text: string
}

/** Names that hold nothing the person said, or only group it. */
const NOTHING_SAID = /^(id|session_id|written_at|time_zone)$/
const GROUPS = /^(check_in|ratings|story|texts|answers)$/

/** Every number and word in something that is not as it should be, each under the name it has in there. */
export function bareLines(value: unknown, path: readonly string[] = []): Bare[] {
  if (value === null || value === undefined) return []
  if (typeof value === 'object') {
    const told = Object.entries(value).filter(([name]) => !NOTHING_SAID.test(name))
    return told.flatMap(([name, inner]) => bareLines(inner, [...path, name]))
  }
  const label = path.filter((name) => !GROUPS.test(name)).join(', ')
  return [{ key: path.join(' '), label: label.replaceAll('_', ' ') || '-', text: String(value) }]
}
