import { keep, letGo, unsaved } from '../unsaved/index.ts'

/** A recovery code that was just told. It is in memory alone, and the browser warns before the tab closes over it. */
const KEY = 'recovery-code'

export const holdCode = (code: string): void => keep(KEY, code)
export const heldCode = (): string | undefined => unsaved<string>(KEY)
export const dropCode = (): void => letGo(KEY)

/** Recovery codes of a second factor that were just told. */
const FACTOR_KEY = 'second-factor-codes'

export const holdFactorCodes = (codes: readonly string[]): void => keep(FACTOR_KEY, codes)
export const heldFactorCodes = (): readonly string[] | undefined => unsaved(FACTOR_KEY)
export const dropFactorCodes = (): void => letGo(FACTOR_KEY)

export const groupsOf = (code: string): string[] => code.split(/[\s-]+/).filter(Boolean)

/** Two different groups to ask for, by their place from 0, in order. */
export function twoOf(count: number, random: () => number = Math.random): [number, number] {
  const first = Math.floor(random() * count)
  const second = (first + 1 + Math.floor(random() * (count - 1))) % count
  return first < second ? [first, second] : [second, first]
}

/** Whether a person typed a group back: case, spaces and look-alikes do not matter. */
export const sameGroup = (typed: string, group: string): boolean => plain(typed) === plain(group)

const plain = (text: string): string =>
  text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
