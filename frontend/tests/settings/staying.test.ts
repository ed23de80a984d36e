import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Item } from '../../src/offline/index.ts'
import { type Before, stayingOf } from '../../src/settings/staying.ts'

const item = (state: Item['state'], checkIn = 'other'): Item => ({
  id: state + checkIn,
  account: 'maya',
  checkIn,
  savedAt: 0,
  state,
})
const out = (of: Partial<Before>) =>
  stayingOf({ unsavedKeys: [], items: [], seals: false, delivers: false, ...of })

describe('Signing out', () => {
  it('takes unsaved answers with it where nothing is sealed', () => {
    assert.deepEqual(out({ unsavedKeys: ['row check-ins/c1'] }), { goes: true, delivered: 0, offered: 0 })
  })

  it('leaves them sealed on a phone that is kept, once each', () => {
    const kept = { seals: true, delivers: true, unsavedKeys: ['row sessions/s1', 'row check-ins/c1'] }
    assert.deepEqual(out(kept), { goes: false, delivered: 1, offered: 0 })
    assert.deepEqual(out({ ...kept, items: [item('here', 'c1')] }), { goes: false, delivered: 1, offered: 0 })
  })

  it('takes what no phone ever seals', () => {
    assert.equal(out({ seals: true, delivers: true, unsavedKeys: ['settings/people'] }).goes, true)
  })

  it('says which are delivered without a sign-in, and which only at the next', () => {
    const items = [item('here'), item('dropped'), item('delivered')]
    assert.deepEqual(out({ items, seals: true, delivers: true }), { goes: false, delivered: 1, offered: 1 })
    assert.deepEqual(out({ items, seals: true }), { goes: false, delivered: 0, offered: 2 })
  })

  it('asks nothing when all is in the journal or delivered', () => {
    assert.deepEqual(out({ items: [item('delivered')] }), { goes: false, delivered: 0, offered: 0 })
  })
})
