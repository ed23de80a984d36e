/** Files and counts, in words. Pure. */
import { plural } from '../text.ts'

/** The part of the message file this needs. */
export type Words = typeof import('../../../journal/content/messages/en.json')['app']['export']['bring']

const UNITS = ['byte', 'kilobyte', 'megabyte'] as const

/** "1.2 MB", in the language of the page. */
export function sizeOf(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const value = bytes / 1000 ** power
  const language = (typeof document === 'undefined' ? '' : document.documentElement.lang) || 'en'
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[power],
    unitDisplay: power ? 'short' : 'long',
    maximumFractionDigits: value < 10 && power ? 1 : 0,
  }).format(value)
}

export interface Counts {
  check_ins: number
  sessions: number
  courses: number
  additions: number
}

const COUNTED = ['check_ins', 'sessions', 'courses', 'additions'] as const

/** "12 check-ins, 3 sessions": only what there is. */
export const countsOf = (counts: Counts, words: Words): string[] =>
  COUNTED.filter((kind) => counts[kind] > 0).map((kind) => plural(words.counts[kind], counts[kind]))

/** The one button: named after check-ins where there are any. */
export const bringInOf = ({ check_ins }: Counts, words: Words): string =>
  check_ins ? plural(words.bringIn, check_ins) : words.bringInRest

/** What an undo did. */
export const undoneOf = (removed: number, stayed: number, words: Words): string =>
  [plural(words.removed, removed), ...(stayed ? [plural(words.stayed, stayed)] : [])].join(' ')
