import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CheckInDraft, DosingSession } from '../../src/api/index.ts'
import { placed } from '../../src/deposits/placing.ts'
import { catalogue } from '../checkins/catalogue.ts'

const at = (day: number, hour = 12) => `2026-11-${String(day).padStart(2, '0')}T${hour}:00:00Z`
const draft = (moment: CheckInDraft['ratings']['moment'], happened_at: string): CheckInDraft => ({
  ratings: { moment, happened_at, time_zone: 'UTC', written_at: happened_at, answers: { 'emo.mood_now': 3 } },
})
const session = (id: string, happened_at: string): DosingSession => ({
  id,
  revision: 1,
  ratings: { happened_at, time_zone: 'UTC', written_at: happened_at },
})
const SESSIONS = [session('first', at(3)), session('second', at(10))]
const place = (given: CheckInDraft) => placed(given, SESSIONS, catalogue.moments)

test('a follow-up is of the latest session it can follow', () => {
  assert.equal(place(draft('next_day', at(11))).session_id, 'second')
  assert.equal(place(draft('week', at(9))).session_id, 'first')
})

test('a check-in of the day is of the session near it', () => {
  assert.equal(place(draft('landing', at(10, 13))).session_id, 'second')
  assert.equal(place(draft('before', at(10, 10))).session_id, 'second')
})

test('one that no session can be of is one at any time, with every answer', () => {
  const found = place(draft('landing', at(20)))
  assert.deepEqual([found.session_id, found.ratings.moment], [undefined, 'anytime'])
  assert.deepEqual(found.ratings.answers, { 'emo.mood_now': 3 })
})

test('what names its session, or needs none, stays as it is', () => {
  const named = { ...draft('next_day', at(11)), session_id: 'first' }
  assert.equal(place(named), named)
  const anytime = draft('anytime', at(11))
  assert.equal(place(anytime), anytime)
})
