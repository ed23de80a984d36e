import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fits, followUps, minutesAfter, propose } from '../../src/reminders/propose.ts'

const SESSION = '1f9b3b0e-0e5c-4b55-8b51-0d6f6b1f2a33'
const HOUR = 3_600_000
/** Friday, on the clocks of whoever runs this. */
const dose = new Date(2026, 10, 20, 10, 30)
const after = (hours: number) => new Date(dose.getTime() + hours * HOUR)
const window = (moment: string, opens: number, closes: number) => ({
  kind: 'check_in' as const,
  moment,
  session_id: SESSION,
  opens_at: after(opens).toISOString(),
  closes_at: after(closes).toISOString(),
})
const nextDay = window('next_day', 12, 48)
const thirdDay = window('third_day', 48, 120)
const week = window('week', 120, 240)
const month = window('month', 28 * 24, 42 * 24)

describe('what is proposed', () => {
  it('is an evening of about the day that the check-in is named after', () => {
    const proposed = [nextDay, thirdDay, week, month].map((step) => propose(step, '20:00', after(2)))

    assert.deepEqual(proposed, [
      '2026-11-21T20:00',
      '2026-11-23T20:00',
      '2026-11-27T20:00',
      '2026-12-23T20:00',
    ])
  })

  it('is the evening after, also of a session late in the day', () => {
    const late = { ...nextDay, opens_at: after(24).toISOString(), closes_at: after(60).toISOString() }

    assert.equal(propose(late, '20:00', after(13)), '2026-11-21T20:00')
  })

  it('is at the evening that was set, eight where none was', () => {
    assert.equal(propose(nextDay, '18:30', after(2)), '2026-11-21T18:30')
    assert.equal(propose(nextDay, undefined, after(2)), '2026-11-21T20:00')
  })

  it('is still ahead when some of the window has passed', () => {
    assert.equal(propose(thirdDay, '20:00', after(100)), '2026-11-24T20:00')
  })

  it('is before the end where no evening is left', () => {
    const at = propose(nextDay, '20:00', after(46))

    assert.equal(at, '2026-11-22T09:30')
    assert.ok(fits(nextDay, new Date(at), after(46)))
    assert.ok(fits(nextDay, new Date(propose(nextDay, '20:00', after(47.95))), after(47.95)))
  })

  it('always fits, whenever the session was and whenever it is asked for', () => {
    for (let hour = 0; hour < 47; hour += 0.5)
      for (const evening of ['00:00', '12:00', '20:00', '23:59']) {
        const at = propose(nextDay, evening, after(hour))
        assert.ok(fits(nextDay, new Date(at), after(hour)), `${hour} h, ${evening}: ${at}`)
      }
  })
})

describe('a time', () => {
  it('outside of the window, or over, does not fit', () => {
    assert.ok(!fits(nextDay, after(11.9), after(2)))
    assert.ok(fits(nextDay, after(12), after(2)))
    assert.ok(!fits(nextDay, after(48), after(2)))
    assert.ok(!fits(nextDay, after(20), after(21)))
    assert.ok(!fits(nextDay, new Date('')))
  })
})

it('in whole minutes after the session, as many as have passed', () => {
  const session = '2026-11-20T10:30:37-05:00'

  assert.equal(minutesAfter(session, new Date('2026-11-20T23:31:00Z')), 480)
  assert.equal(minutesAfter('2026-11-20T10:30:00-05:00', new Date('2026-11-20T23:30:00Z')), 480)
})

describe('the follow-ups of a session', () => {
  const landing = window('landing', 0.5, 12)
  const other = { ...week, session_id: 'another' }
  const before = { kind: 'check_in' as const, moment: 'before' }

  it('are those of it that have a window, open or later', () => {
    const found = followUps({ open: [landing, nextDay, before], later: [thirdDay, other] }, SESSION)

    assert.deepEqual(found, [nextDay, thirdDay])
  })
})
