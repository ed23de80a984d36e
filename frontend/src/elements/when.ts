/** Times as people type and read them. An hour typed in a zone becomes RFC 3339 with that zone's offset. */

/** The language of the page, as it is spoken where the patient lives: "en-GB" tells the time as 14:30. */
function language(): string {
  const shown = typeof document === 'undefined' ? 'en' : document.documentElement.lang || 'en'
  if (typeof navigator === 'undefined' || typeof document === 'undefined') return shown
  return navigator.languages.find((spoken) => spoken.split('-')[0] === shown) ?? shown
}

/** The IANA name of the zone this device is in. */
export const deviceZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

/** Every zone this browser knows, and UTC. */
export const zones = (): string[] => [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])]

export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return name !== ''
  } catch {
    return false
  }
}

function partsIn(zone: string, at: Date): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]))
}

/** What a `datetime-local` field shows for a moment, in a zone: "2026-11-20T10:30". */
export function typed(at: Date, zone = deviceZone()): string {
  const part = partsIn(zone, at)
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`
}

/** Minutes the zone is ahead of UTC at a moment. */
function offsetAt(at: Date, zone: string): number {
  const part = partsIn(zone, at)
  const shown = Date.UTC(+part.year!, +part.month! - 1, +part.day!, +part.hour!, +part.minute!, +part.second!)
  return Math.round((shown - Math.floor(at.getTime() / 1000) * 1000) / 60_000)
}

/** "2026-11-20T10:30" typed in a zone as RFC 3339: "2026-11-20T10:30:00-05:00". A time that a change of clocks
 * skipped moves on by the gap; one that came twice is the first of the two. */
export function rfc3339(text: string, zone = deviceZone()): string {
  const bare = Date.parse(`${text.slice(0, 16)}:00Z`)
  const before = offsetAt(new Date(bare - 86_400_000), zone)
  const after = offsetAt(new Date(bare + 86_400_000), zone)
  const fits = [before, after].find((offset) => offsetAt(new Date(bare - offset * 60_000), zone) === offset)
  return atOffset(new Date(bare - (fits ?? before) * 60_000), zone)
}

/** A moment as RFC 3339 with the offset of a zone. */
export function atOffset(at: Date, zone = deviceZone()): string {
  const offset = offsetAt(at, zone)
  const sign = offset < 0 ? '-' : '+'
  const two = (value: number) => String(Math.trunc(Math.abs(value))).padStart(2, '0')
  return `${typed(at, zone)}:${partsIn(zone, at).second}${sign}${two(offset / 60)}:${two(offset % 60)}`
}

export const now = (): string => atOffset(new Date())

export const hoursBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / 3_600_000

const shown = (options: Intl.DateTimeFormatOptions) => (at: string, zone?: string) =>
  new Intl.DateTimeFormat(language(), {
    ...options,
    timeZone: zone && isZone(zone) ? zone : undefined,
  }).format(new Date(at))

/** "Fri 20 Nov", "20 Nov", "20 November 2026", "10:30", and day with time, in the patient's language. */
export const shortDay = shown({ weekday: 'short', day: 'numeric', month: 'short' })
export const dayAndMonth = shown({ day: 'numeric', month: 'short' })
export const longDay = shown({ day: 'numeric', month: 'long', year: 'numeric' })
export const clock = shown({ hour: 'numeric', minute: '2-digit' })
export const weekdayAndTime = shown({ weekday: 'long', hour: 'numeric', minute: '2-digit' })
export const dayAndTime = shown({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
})
