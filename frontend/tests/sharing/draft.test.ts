import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bodyOf, type Draft, firstMissing, lastDay, missing, scopeOf } from '../../src/sharing/draft.ts'
import type { Preview } from '../../src/sharing/types.ts'
import { endOf, monthsOn } from '../../src/sharing/until.ts'

const EMPTY: Draft = { id: 'share', chosen: [], day: '', whatFor: '', name: '', ask: '' }
const FULL: Draft = {
  ...EMPTY,
  pin: 'pin',
  sections: 'ratings',
  session: 'second',
  which: 'this',
  ends: 'month',
  name: ' Maya ',
}
const draft = (changes: Partial<Draft> = {}): Draft => ({ ...FULL, ...changes })
const PREVIEW: Preview = {
  check_ins: [],
  sessions: [],
  own_terms: {},
  waiting: [],
  seen_check_ins: [{ id: 'check-in', revision: 3 }],
  seen_sessions: [{ id: 'second', revision: 2 }],
}

describe('A share that is put together', () => {
  it('asks for what is missing, one question after the other', () => {
    assert.equal(firstMissing(EMPTY), 'with')
    assert.equal(firstMissing(draft({ sections: undefined })), 'what')
    assert.equal(firstMissing(draft({ which: undefined })), 'which')
    assert.equal(missing('which', draft({ which: 'chosen' })), 'pickSession')
    assert.equal(missing('which', draft({ which: 'chosen', chosen: ['first'] })), undefined)
    assert.equal(firstMissing(draft({ ends: undefined })), 'until')
    assert.equal(missing('until', draft({ ends: 'date' })), 'faultDate')
    assert.equal(missing('until', draft({ ends: 'date', day: '2001-01-01' })), 'faultPast')
    assert.equal(missing('about', draft({ name: '  ' })), 'faultName')
    assert.equal(firstMissing(FULL), 'preview')
  })

  it('covers one session, chosen ones, or all from now on and then none by name', () => {
    assert.deepEqual(scopeOf(FULL), { sections: ['ratings'], covers: 'sessions', session_ids: ['second'] })
    assert.deepEqual(scopeOf(draft({ which: 'chosen', chosen: ['first', 'third'] })).session_ids, [
      'first',
      'third',
    ])
    assert.deepEqual(scopeOf(draft({ which: 'from_now_on', sections: 'story', chosen: ['first'] })), {
      sections: ['ratings', 'story'],
      covers: 'from_now_on',
      session_ids: [],
    })
  })

  it('lasts to the end of a day', () => {
    assert.equal(lastDay(FULL), monthsOn(1))
    assert.equal(lastDay(draft({ ends: 'quarter' })), monthsOn(3))
    assert.equal(lastDay(draft({ ends: 'date', day: '2031-05-06' })), '2031-05-06')
    assert.equal(bodyOf(FULL, PREVIEW, false).until, endOf(monthsOn(1)))
  })

  it('is sent with the rows as they were shown, and nothing where nothing was written', () => {
    const body = bodyOf(draft({ whatFor: ' ', ask: ' the dream ' }), PREVIEW, true)
    assert.deepEqual(body.check_ins, [{ id: 'check-in', revision: 3 }])
    assert.deepEqual(body.sessions, [{ id: 'second', revision: 2 }])
    assert.equal(body.name, 'Maya')
    assert.equal(body.ask, 'the dream')
    assert.ok(!('what_for' in body))
    assert.equal(body.not_verified, true)
  })
})
