import assert from 'node:assert/strict'
import { test } from 'node:test'
import { about, atLeast, noLater } from '../../src/trends/spans.ts'

test('what was told to last is never rounded up', () => {
  assert.deepEqual(atLeast(100), { count: 4, unit: 'days' })
  assert.deepEqual(atLeast(119.9), { count: 4, unit: 'days' })
  assert.deepEqual(atLeast(47.9), { count: 47, unit: 'hours' })
  assert.deepEqual(atLeast(0.75), { count: 45, unit: 'minutes' })
})

test('what ended is never rounded down', () => {
  assert.deepEqual(noLater(120.1), { count: 6, unit: 'days' })
  assert.deepEqual(noLater(26.2), { count: 27, unit: 'hours' })
})

test('the time of a check-in is rounded to the nearest, before a dose as after it', () => {
  assert.deepEqual(about(-2.4), { count: 2, unit: 'hours' })
  assert.deepEqual(about(75), { count: 3, unit: 'days' })
})
