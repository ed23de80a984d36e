import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { cut, FULL, HALF, linesOf, planOf, roomOf, shared } from '../../src/desk/paper.ts'
import type { Brief } from '../../src/desk/types.ts'

const PIER = 'I was under the pier again and the water came up to the boards, slow. '
const LONG = PIER.repeat(57).slice(0, 4000)
const MARK = 3

const VISIT = { id: 'b', happened_at: '2026-11-20T10:00:00Z', new: 0 }
const EMPTY: Brief = {
  share: { id: 's', opens: true, patient: 'Maya' },
  now: '2026-11-26T09:00:00Z',
  sessions: [VISIT],
  session: VISIT,
  apart: 0,
  since: [],
  changes: [],
  first_time: [],
  bothered: [],
  detachment: {},
  mood: { now: [], before: [] },
  instruments: [],
  own_terms: {},
  replies: [],
  unopened: 0,
}
const CHANGE = { term: 'sens.tingling', list: 'noticed', first: 3, second: 6, by: 3 }
const BOTHER = { term: 'se.nausea', now: { session_id: 'b', worst: 6 } }
const POINT = { check_in_id: 'c', happened_at: '2026-11-20T10:00:00Z', total: 5 }
const MOOD = { check_in_id: 'c', moment: 'anytime', hours: 1, value: 5 }
const LINE = { check_in_id: 'c', prompt_id: 'story.line', text: PIER }
const FULLEST: Brief = {
  ...EMPTY,
  share: { ...EMPTY.share, patient: 'M'.repeat(80), what_for: 'w'.repeat(200) },
  ask: LONG,
  before: VISIT,
  since: Array.from({ length: 40 }, (_, place) => ({
    check_in_id: `${place}`,
    session_id: `${place}`,
    moment: 'week',
    happened_at: VISIT.happened_at,
    changed: true,
  })),
  changes: Array(6).fill(CHANGE),
  first_time: Array(12).fill('sens.tingling'),
  bothered: Array(13).fill(BOTHER),
  detachment: { now: 8, before: 6 },
  mood: { now: Array(25).fill(MOOD), before: Array(25).fill(MOOD) },
  lift: { session_id: 'b', state: 'still_above', baseline: 3, last_above_hours: 74 },
  breakthrough: {
    session_id: 'b',
    items: { 'brk.release': 8 },
    lines: Array(8).fill({ ...LINE, text: LONG }),
  },
  instruments: ['phq8', 'gad7'].map((instrument) => ({
    instrument,
    highest: 24,
    points: Array(12).fill(POINT),
  })),
  unopened: 3,
}

describe('a text on paper', () => {
  it('counts its lines, wide letters twice, and every line break', () => {
    assert.equal(linesOf('', 10), 1)
    assert.equal(linesOf('ten letter', 10), 1)
    assert.equal(linesOf('eleven lett', 10), 2)
    assert.equal(linesOf('one\n\nthree', 10), 3)
    assert.equal(linesOf('\u6d77\u8fba\u306e\u685f\u6a4b', 9), 2)
  })

  it('is whole where it fits, and says nothing of a rest', () => {
    assert.deepEqual(cut(PIER, 2, 50, MARK), [PIER, ''])
  })

  it('is cut at a word within its lines, and loses no letter', () => {
    for (const lines of [1, 2, 5, 9]) {
      const [shown, rest] = cut(LONG, lines, 40, MARK)
      assert.equal(shown + rest, LONG)
      assert.ok(linesOf(`${shown}${'.'.repeat(MARK)}`, 40) <= lines, `${lines}`)
      assert.match(rest, /^\s/)
    }
  })

  it('is cut within a word that is longer than a line', () => {
    const [shown, rest] = cut('W'.repeat(500), 2, 40, MARK)
    assert.equal(shown.length, 77)
    assert.equal(rest.length, 423)
  })

  it('is cut at its line breaks, and never within a letter of two halves', () => {
    assert.deepEqual(cut('one\ntwo\nthree', 2, 40, MARK), ['one\ntwo', '\nthree'])
    const [shown, rest] = cut('\u{1f30a}'.repeat(60), 1, 40, MARK)
    assert.equal(`${shown}${rest}`.length, 120)
    assert.equal(shown.length % 2, 0)
  })
})

describe('the lines of a sheet', () => {
  it('go first to those who need few', () => {
    assert.deepEqual(shared([2, 30, 30], 20), [2, 9, 9])
    assert.deepEqual(shared([30, 2], 20), [18, 2])
    assert.deepEqual(shared([3, 4], 20), [3, 4])
    assert.deepEqual(shared([], 20), [])
  })

  it('are fewer for words the more there is to tell in numbers', () => {
    assert.ok(roomOf(EMPTY) > 40)
    const changed = { ...EMPTY, before: VISIT, changes: Array(6).fill(CHANGE) }
    assert.ok(roomOf(changed) < roomOf(EMPTY))
    assert.ok(roomOf(FULLEST) < roomOf(changed))
    assert.ok(roomOf(FULLEST) >= 0)
  })

  it('leave room for words even in the fullest brief', () => {
    const quotes = FULLEST.breakthrough!.lines.map(({ text }) => text)
    const plan = planOf(LONG, quotes, roomOf(FULLEST))
    assert.ok(plan.ask >= 1)
    assert.ok(plan.quotes.length >= 2)
    assert.ok(plan.quotes.every((lines) => lines >= 2))
  })

  it('are never given out twice', () => {
    for (const room of [0, 3, 7, 12, 20, 33]) {
      for (const count of [0, 1, 2, 3, 5, 8]) {
        const { ask, quotes, perLine } = planOf(LONG, Array(count).fill(LONG), room)
        const inRows = quotes.filter((_, place) => place % 2 === 0).reduce((sum, lines) => sum + lines + 1, 0)
        assert.ok(ask + inRows <= Math.max(room, 1), `${count} in ${room}`)
        assert.equal(perLine, count === 1 ? FULL : HALF)
      }
    }
  })

  it('hold short words whole', () => {
    const plan = planOf('My sleep.', ['The harbour.', PIER, 'A coat.'], 20)
    assert.equal(plan.ask, 1)
    assert.deepEqual(plan.quotes, [2, 2, 1])
  })
})
