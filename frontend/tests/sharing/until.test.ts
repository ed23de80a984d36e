import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { endOf, faultIn, furthest, isWholeDay, monthsOn, today } from '../../src/sharing/until.ts'

const ZONE = 'America/New_York'
const NOW = new Date('2026-11-21T02:00:00Z')

describe('The end of a share', () => {
  it('is the last minute of a day where the patient is', () => {
    assert.equal(endOf('2026-12-20', ZONE), '2026-12-20T23:59:00-05:00')
    assert.equal(endOf('2026-07-01', ZONE), '2026-07-01T23:59:00-04:00')
    assert.ok(isWholeDay(endOf('2026-12-20')))
    assert.ok(!isWholeDay('2026-12-20T12:00:00Z'))
  })

  it('is so many months on, and never skips a month', () => {
    assert.equal(today(NOW, ZONE), '2026-11-20')
    assert.equal(monthsOn(1, NOW, ZONE), '2026-12-20')
    assert.equal(monthsOn(3, NOW, ZONE), '2027-02-20')
    assert.equal(monthsOn(1, new Date('2027-01-31T12:00:00Z'), ZONE), '2027-02-28')
    assert.equal(monthsOn(3, new Date('2026-11-30T12:00:00Z'), ZONE), '2027-02-28')
  })

  it('is today at the soonest and a year ahead at the most', () => {
    assert.equal(faultIn('2026-11-20', NOW, ZONE), undefined)
    assert.equal(faultIn('2026-11-19', NOW, ZONE), 'faultPast')
    assert.equal(faultIn(furthest(NOW, ZONE), NOW, ZONE), undefined)
    assert.equal(faultIn('2027-11-21', NOW, ZONE), 'faultFar')
    assert.equal(faultIn('', NOW, ZONE), 'faultDate')
    assert.equal(faultIn('20 December', NOW, ZONE), 'faultDate')
  })

  it('at its furthest is within the 366 days that the server takes', () => {
    const ahead = Date.parse(endOf(furthest(NOW, ZONE), ZONE)) - NOW.getTime()
    assert.ok(ahead <= 366 * 86_400_000)
  })
})
