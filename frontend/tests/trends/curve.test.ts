import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crowded, firstAbove, joined, skips } from '../../src/trends/curve.ts'

const told = (moment: string, hours: number, value: number) => ({ moment, hours, value })
const flat = ({ hours, value }: { hours: number; value: number }) => [hours, value] as const

test('a solid line joins moments that follow each other; a dotted one crosses a moment left unanswered', () => {
  const points = [
    told('before', -2, 3),
    told('landing', 1, 5),
    told('third_day', 75, 6),
    told('week', 160, 4),
  ]

  assert.deepEqual(joined(points, flat), { solid: 'M-2 3L1 5M75 6L160 4', dotted: 'M1 5L75 6' })
})

test('a check-in at any time stands between whatever is around it', () => {
  assert.ok(!skips(told('landing', 1, 5), told('anytime', 30, 5)))
  assert.ok(!skips(told('anytime', 30, 5), told('week', 160, 5)))
})

test('the check-in before the next session ends a curve whose later moments it closed', () => {
  assert.ok(!skips(told('next_day', 25, 6), told('before', 70, 5)))
})

test('one point, or none, is joined with nothing', () => {
  assert.deepEqual(joined([told('landing', 1, 5)], flat), { solid: '', dotted: '' })
  assert.deepEqual(joined([], flat), { solid: '', dotted: '' })
})

test('a lift begins when mood was first told to be above, not at the dose', () => {
  const points = [
    told('before', -2, 4),
    told('landing', 1, 3),
    told('next_day', 26, 6),
    told('third_day', 75, 7),
  ]

  assert.equal(firstAbove(points, 4), 26)
  assert.equal(firstAbove(points, 8), undefined)
})

test('numbers that would touch take turns above and below their dots', () => {
  const places = [0, 10, 18, 60].map((x) => [x, 50] as const)

  assert.deepEqual(crowded(places), [false, true, false, false])
})
