import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readersOf, readersOfSession } from '../../src/sharing/readers.ts'
import { awaiting, countReady, readyOf } from '../../src/sharing/ready.ts'
import type { WaitingCheckIn, WaitingShare } from '../../src/sharing/types.ts'

const HELD_UNTIL = '2026-11-21T10:30:00Z'
const check = (check_in_id: string, day: number, state: 'ready' | 'held' = 'ready'): WaitingCheckIn => ({
  check_in_id,
  moment: 'anytime',
  happened_at: `2026-11-${day}T10:00:00Z`,
  revision: 1,
  state,
  changed: false,
  to_reread: false,
  ...(state === 'held' && { held_until: HELD_UNTIL }),
})
const share = (share_id: string, reviewer: string, ...check_ins: WaitingCheckIn[]): WaitingShare => ({
  share_id,
  reviewer,
  sections: ['ratings'],
  check_ins,
  sessions: [],
})
const OKAFOR = share('one', 'Dr Okafor', check('b', 21), check('a', 20), check('c', 22, 'held'))
const LIND = share('two', 'Dr Lind', check('a', 20))

describe('What waits for a word', () => {
  it('is ready in the order it happened, without what is held', () => {
    assert.deepEqual(
      readyOf([OKAFOR, LIND]).map(({ address }) => address),
      ['/sharing/waiting/one/a', '/sharing/waiting/one/b', '/sharing/waiting/two/a'],
    )
  })

  it('counts a check-in once, whoever waits for it', () => {
    assert.equal(countReady([OKAFOR, LIND]), 2)
    assert.equal(countReady([]), 0)
  })

  it('is told of one check-in, with everybody who waits and until when it is held', () => {
    assert.deepEqual(awaiting([OKAFOR, LIND], 'a'), {
      names: ['Dr Okafor', 'Dr Lind'],
      address: '/sharing/waiting/one/a',
      heldUntil: undefined,
    })
    assert.equal(awaiting([OKAFOR], 'c')?.heldUntil, HELD_UNTIL)
    assert.equal(awaiting([OKAFOR], 'z'), undefined)
  })
})

describe('Who can read', () => {
  const lent = (check_in_id: string, session_id: string) => ({
    check_in_id,
    session_id,
    moment: 'anytime',
    happened_at: HELD_UNTIL,
  })
  const READERS = [
    { name: 'Dr Okafor', lent: [lent('a', 'first'), lent('b', 'first')] },
    { name: 'Dr Okafor', lent: [lent('a', 'first'), lent('c', 'second')] },
    { name: 'Dr Lind', lent: [lent('c', 'second')] },
  ]

  it('a check-in is each person once', () => {
    assert.deepEqual(readersOf(READERS, 'a'), ['Dr Okafor'])
    assert.deepEqual(readersOf(READERS, 'c'), ['Dr Okafor', 'Dr Lind'])
    assert.deepEqual(readersOf(READERS, 'z'), [])
  })

  it('something of a session is each person with so many check-ins', () => {
    assert.deepEqual(readersOfSession(READERS, 'first'), [{ name: 'Dr Okafor', count: 2 }])
    assert.deepEqual(readersOfSession(READERS, 'third'), [])
  })
})
