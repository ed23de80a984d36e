import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Step, Today } from '../../src/api/index.ts'
import { addressOf, arrange } from '../../src/today/arrange.ts'

const landing: Step = {
  kind: 'check_in',
  moment: 'landing',
  session_id: 's1',
  closes_at: '2026-11-20T22:30:00Z',
}
const third: Step = {
  kind: 'check_in',
  moment: 'third_day',
  session_id: 's0',
  closes_at: '2026-11-21T10:00:00Z',
}
const week: Step = { kind: 'check_in', moment: 'week', session_id: 's0', closes_at: '2026-11-25T10:00:00Z' }
const anew: Step[] = [{ kind: 'check_in', moment: 'before' }, { kind: 'session' }]
const today = (next: Step | undefined, ...open: Step[]): Today => ({
  now: '2026-11-20T12:00:00Z',
  next,
  open: [...open, ...anew],
  later: [],
  superseded: [],
  instruments_due: { phq8: false, gad7: false },
  unopened: 0,
})
const NOW = { putOffUntil: 0, now: 1 }

describe('Today', () => {
  it('puts the one thing first and the rest below, once each', () => {
    const plan = arrange(today(landing, landing, third, week), NOW)
    assert.deepEqual([plan.next, plan.open], [landing, [third, week]])
  })

  it('has the landing check-in one tap away, also of a session nobody has told of', () => {
    assert.equal(
      arrange(today(third, { kind: 'check_in', moment: 'landing' }, third), NOW).landing,
      '/check-in/landing',
    )
  })

  it('does not propose landing while it is put off, but what closes first of the rest', () => {
    const plan = arrange(today(landing, landing, week, third), { putOffUntil: 2, now: 1 })
    assert.deepEqual(
      [plan.next, plan.landing, plan.landingPutOff],
      [third, '/check-in/landing?session=s1', 2],
    )
    assert.equal(arrange(today(landing, landing), { putOffUntil: 1, now: 2 }).next, landing)
  })

  it('of an empty journal has nothing to go on with', () => {
    const plan = arrange(today({ kind: 'session' }, { kind: 'check_in', moment: 'landing' }), NOW)
    assert.deepEqual([plan.empty, plan.next, plan.open], [true, undefined, []])
  })

  it('leads to a check-in by ids and moments alone', () => {
    assert.equal(addressOf({ ...third, check_in_id: 'c1' }), '/check-in/third_day?session=s0&check-in=c1')
  })
})
