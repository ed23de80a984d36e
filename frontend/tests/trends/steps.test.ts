import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stepOf } from '../../src/trends/scale.ts'
import { coloursOf, contrast, luminance, THEMES } from '../look/colours.ts'

const colour = coloursOf('look/tokens.css', 'trends/grid.css')
const STEPS = [...new Set(Array.from({ length: 11 }, (_, value) => stepOf(value)))]
const written = (step: number) => (step < 4 ? 'text' : 'on-accent')

test('the number in every cell of the grid is readable on its step', () => {
  for (const theme of THEMES) {
    for (const step of STEPS) {
      const ratio = contrast(colour(written(step), theme), colour(`step-${step}`, theme))
      assert.ok(ratio >= 4.5, `by ${theme}, step ${step}: ${ratio.toFixed(2)}:1`)
    }
  }
})

test('each step can be told from the next, and they go one way', () => {
  for (const theme of THEMES) {
    const lights = STEPS.map((step) => luminance(colour(`step-${step}`, theme)))
    const sorted = lights.toSorted((one, other) => (theme === 'day' ? other - one : one - other))
    assert.deepEqual(lights, sorted)
    for (const step of STEPS.slice(1)) {
      const ratio = contrast(colour(`step-${step}`, theme), colour(`step-${step - 1}`, theme))
      assert.ok(ratio >= 1.2, `by ${theme}, step ${step} against ${step - 1}: ${ratio.toFixed(2)}:1`)
    }
  }
})

test('one hue: no step leans to red, and none to a second colour', () => {
  for (const theme of THEMES) {
    for (const step of STEPS.slice(1)) {
      const hex = colour(`step-${step}`, theme)
      const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
      assert.ok(red! < green! && red! < blue!, `${theme} ${step}: ${hex}`)
    }
  }
})

test('dots, waterlines and doses are seen against the page and against a panel', () => {
  for (const theme of THEMES) {
    for (const mark of ['accent', 'edge']) {
      for (const ground of ['ground', 'raised', 'sunk']) {
        assert.ok(contrast(colour(mark, theme), colour(ground, theme)) >= 3)
      }
    }
  }
})
