/** Digits of keys as people read them to each other: 12 groups of 5. Pure. */

export const GROUPS = 12
const SIZE = 5

/** What was typed, in whatever spacing, as groups; the last may not be whole yet. */
export const groupsOf = (typed: string): string[] => typed.replace(/\D/g, '').match(/\d{1,5}/g) ?? []

export const wholeGroups = (groups: readonly string[]): number =>
  groups.filter((group) => group.length === SIZE).length

/** Exactly as many as there have to be. */
export const isWhole = (groups: readonly string[]): boolean =>
  groups.length === GROUPS && wholeGroups(groups) === GROUPS
