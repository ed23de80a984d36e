import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const CSS = readFileSync(new URL('../../src/look/tokens.css', import.meta.url), 'utf8')
const THEMES = ['day', 'night'] as const

type Theme = (typeof THEMES)[number]

/** A colour of a theme, from `--name: light-dark(day, night)`. */
function colour(name: string, theme: Theme): string {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(CSS)
  assert.ok(found, `--${name} is not a pair of plain colours`)
  return found[THEMES.indexOf(theme) + 1]!
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high! + 0.05) / (low! + 0.05)
}

function holds(text: string[], grounds: string[], least: number): void {
  for (const theme of THEMES) {
    for (const one of text) {
      for (const ground of grounds) {
        const ratio = contrast(colour(one, theme), colour(ground, theme))
        assert.ok(ratio >= least, `by ${theme}, ${one} on ${ground} is ${ratio.toFixed(2)}:1, not ${least}:1`)
      }
    }
  }
}

const GROUNDS = ['ground', 'raised', 'sunk', 'wash']

test('black on white is 21:1, so the sum is right', () => {
  assert.equal(contrast('#000000', '#ffffff').toFixed(2), '21.00')
  assert.equal(contrast('#767676', '#ffffff').toFixed(2), '4.54')
})

test('every text is readable on every ground it may stand on', () => {
  holds(['text', 'soft', 'accent', 'amber'], GROUNDS, 4.5)
  holds(['text', 'amber'], ['amber-wash'], 4.5)
})

test('the landing check-in is readable with tired eyes: 7:1', () => {
  holds(['text', 'soft', 'accent'], ['ground', 'raised', 'sunk'], 7)
  holds(['text'], ['wash', 'amber-wash'], 7)
  holds(['on-accent'], ['accent'], 7)
  holds(['amber'], ['ground', 'raised', 'sunk'], 7)
})

test('the edges of what can be tapped are seen', () => {
  holds(['edge'], ['ground', 'raised', 'sunk'], 3)
})
