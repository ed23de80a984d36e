import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atOffset, hoursBetween, isZone, rfc3339, typed } from '../../src/elements/when.ts'

test('a time typed in a zone keeps the offset of that day', () => {
  assert.equal(rfc3339('2026-11-20T10:30', 'America/New_York'), '2026-11-20T10:30:00-05:00')
  assert.equal(rfc3339('2026-07-20T10:30', 'America/New_York'), '2026-07-20T10:30:00-04:00')
  assert.equal(rfc3339('2026-11-20T10:30', 'Asia/Kolkata'), '2026-11-20T10:30:00+05:30')
  assert.equal(rfc3339('2026-11-20T10:30', 'UTC'), '2026-11-20T10:30:00+00:00')
})

test('an hour that came twice is the first of the two', () => {
  assert.equal(rfc3339('2026-11-01T01:30', 'America/New_York'), '2026-11-01T01:30:00-04:00')
})

test('an hour that the clocks skipped moves on by the gap', () => {
  assert.equal(rfc3339('2026-03-08T02:30', 'America/New_York'), '2026-03-08T03:30:00-04:00')
})

test('the edges of a change of clocks are the hours they look like', () => {
  assert.equal(rfc3339('2026-03-08T01:59', 'America/New_York'), '2026-03-08T01:59:00-05:00')
  assert.equal(rfc3339('2026-03-08T03:00', 'America/New_York'), '2026-03-08T03:00:00-04:00')
  assert.equal(rfc3339('2026-11-01T02:00', 'America/New_York'), '2026-11-01T02:00:00-05:00')
})

test('what was typed is shown again', () => {
  for (const zone of ['America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati', 'America/St_Johns', 'UTC']) {
    const text = '2026-02-28T23:45'
    assert.equal(typed(new Date(rfc3339(text, zone)), zone), text)
  }
})

test('a moment is the same moment in every zone', () => {
  const at = new Date('2026-11-20T15:30:12Z')
  assert.equal(atOffset(at, 'America/New_York'), '2026-11-20T10:30:12-05:00')
  assert.equal(Date.parse(atOffset(at, 'Asia/Tokyo')), at.getTime())
})

test('hours are real ones, across a change of clocks too', () => {
  assert.equal(hoursBetween('2026-10-31T12:00:00-04:00', '2026-11-01T12:00:00-05:00'), 25)
})

test('a zone that nobody knows is none', () => {
  assert.ok(isZone('Europe/Dublin'))
  assert.ok(!isZone('Atlantis/Capital'))
  assert.ok(!isZone(''))
})
