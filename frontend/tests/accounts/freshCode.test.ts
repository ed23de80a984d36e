import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupsOf, sameGroup, twoOf } from '../../src/accounts/freshCode.ts'

test('a code falls into its groups', () => {
  assert.deepEqual(groupsOf('3E2Y-VN5Z-H1TK'), ['3E2Y', 'VN5Z', 'H1TK'])
})

test('a group typed back may be in small letters, spaced, and with look-alikes', () => {
  assert.ok(sameGroup(' h1 tk', 'H1TK'))
  assert.ok(sameGroup('hltk', 'H1TK'))
  assert.ok(sameGroup('Q4O0', 'Q400'))
  assert.ok(!sameGroup('h1tx', 'H1TK'))
  assert.ok(!sameGroup('', 'H1TK'))
})

test('two different groups are asked for, whatever chance says', () => {
  const seen = new Set<number>()
  for (let first = 0; first < 7; first++) {
    for (let second = 0; second < 6; second++) {
      const chances = [first / 7, second / 6]
      const [one, other] = twoOf(7, () => chances.shift()!)
      assert.ok(one < other && other < 7)
      seen.add(one).add(other)
    }
  }
  assert.equal(seen.size, 7)
})
