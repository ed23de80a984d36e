/** Colours of a style sheet by theme, and their contrast. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

export const THEMES = ['day', 'night'] as const
export type Theme = (typeof THEMES)[number]

/** Reads the pairs `--name: light-dark(day, night)` of files below src/. */
export function coloursOf(...files: string[]): (name: string, theme: Theme) => string {
  const css = files
    .map((file) => readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8'))
    .join('\n')
  return (name, theme) => {
    const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css)
    assert.ok(found, `--${name} is not a pair of plain colours`)
    return found[THEMES.indexOf(theme) + 1]!
  }
}

/** Relative luminance, WCAG 2.2. */
export function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high! + 0.05) / (low! + 0.05)
}
