import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coloursOf, contrast, THEMES } from './colours.ts'

const colour = coloursOf('look/tokens.css')

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
