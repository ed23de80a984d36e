import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as scale from '../../src/trends/scale.ts'

const near = (value: number, expected: number) => assert.ok(Math.abs(value - expected) < 1e-9, `${value}`)

test('twelve sessions on a phone are each wide enough for a finger', () => {
  const { roomy, width, step } = scale.columns(12, 300, false)
  assert.ok(roomy)
  assert.equal(width, 300)
  assert.equal(step, 25)
})

test('a hundred sessions fit a phone when seen whole, and spread out to fingers inside their own region', () => {
  const whole = scale.columns(100, 300, false)
  assert.equal(whole.width, 300)
  assert.ok(!whole.roomy)

  const spread = scale.columns(100, 300, true)
  assert.equal(spread.step, scale.REACH)
  assert.equal(spread.width, 2400)
  assert.ok(spread.roomy)
})

test('one session is not stretched over a whole desktop, and none is no fault', () => {
  assert.equal(scale.columns(1, 900, false).width, 64)
  assert.equal(scale.columns(0, 900, false).width, 0)
})

test('a tap finds the session under it, and none beside the chart', () => {
  const wide = scale.columns(12, 300, false)
  for (let place = 0; place < 12; place++) assert.equal(scale.placeAt(wide.x(place), wide, 12), place)
  assert.equal(scale.placeAt(-1, wide, 12), undefined)
  assert.equal(scale.placeAt(301, wide, 12), undefined)
})

test('numbers below the sessions never crowd, and the last always has its own', () => {
  for (const count of [1, 12, 30, 100]) {
    const { step } = scale.columns(count, 300, false)
    const places = scale.numbered(count, step)
    assert.equal(places.at(-1), count - 1)
    for (const [turn, place] of places.entries()) {
      if (turn) assert.ok((place - places[turn - 1]!) * step >= 34)
    }
  }
  assert.deepEqual(scale.numbered(0, 64), [])
})

test('0 lies on the waterline and 10 at the top', () => {
  assert.equal(scale.rise(0, 8, 48), 48)
  assert.equal(scale.rise(10, 8, 48), 8)
  assert.equal(scale.rise(5, 8, 48), 28)
})

test('the first day takes as much room as the six days after it, as the screen says', () => {
  near(scale.along(24) * 2, scale.along(168))
  assert.equal(scale.along(0), 0)
  near(scale.along(-5), -scale.along(5))
})

test('later is further right, before the dose is left of it, and every curve has the same scale', () => {
  const span = scale.reach([-2, 1.2, 26, 80, 170.5])
  const x = scale.elapsed(span, 300)
  const places = [-6, -2, 0, 1.2, 24, 72, 168, 170.5].map(x)
  near(places[0]!, 0)
  near(places.at(-1)!, 300)
  assert.deepEqual(
    places,
    places.toSorted((one, other) => one - other),
  )
})

test('a month is marked only where one was told of', () => {
  assert.deepEqual(scale.marksWithin(scale.reach([1, 170])), [0, 24, 72, 168])
  assert.deepEqual(scale.marksWithin(scale.reach([1, 800])), [0, 24, 72, 168, 720])
})

test('days are ticked evenly and never more than seven times', () => {
  assert.deepEqual(scale.dayTicks(7), [0, 1, 2, 3, 4, 5, 6, 7])
  assert.deepEqual(scale.dayTicks(9.5), [0, 2, 4, 6, 8])
  assert.deepEqual(scale.dayTicks(34), [0, 5, 10, 15, 20, 25, 30])
  assert.ok(scale.dayTicks(400).length <= 8)
})

test('0 has a step of its own, and the steps never go back', () => {
  const steps = Array.from({ length: 11 }, (_, value) => scale.stepOf(value))
  assert.deepEqual(steps, [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
})

test('waves fill a length exactly, and there is always one', () => {
  for (const length of [5, 14, 300]) {
    const halves = [...scale.waves(length).matchAll(/ 0t(\S+) 0/g)].map((found) => Number(found[1]))
    assert.ok(halves.length >= 1)
    near(
      halves.reduce((total, half) => total + 2 * half, 0),
      length,
    )
  }
})

test('months between two dates are their first days, thinned when there are many', () => {
  const [from, to] = [Date.UTC(2026, 7, 9), Date.UTC(2026, 10, 23)]
  assert.deepEqual(scale.monthsBetween(from, to), [
    Date.UTC(2026, 8, 1),
    Date.UTC(2026, 9, 1),
    Date.UTC(2026, 10, 1),
  ])
  assert.ok(scale.monthsBetween(Date.UTC(2023, 0, 5), to).length <= 7)
  assert.deepEqual(scale.monthsBetween(from, from), [])
})
