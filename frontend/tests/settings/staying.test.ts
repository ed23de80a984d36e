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
  stayingOf({ unsavedKeys: [], sealedToo: new Set(), items: [], delivers: false, ...of })

describe('Signing out', () => {
  it('takes unsaved answers with it where nothing is sealed', () => {
    assert.deepEqual(out({ unsavedKeys: ['row check-ins/c1'] }), { goes: true, delivered: 0, offered: 0 })
  })

  it('leaves those that are sealed too on a phone that is kept, once each', () => {
    const unsavedKeys = ['row sessions/s1', 'row check-ins/c1']
    const kept = { unsavedKeys, sealedToo: new Set(unsavedKeys), delivers: true }
    assert.deepEqual(out(kept), { goes: false, delivered: 1, offered: 0 })
    assert.deepEqual(out({ ...kept, items: [item('here', 'c1')] }), { goes: false, delivered: 1, offered: 0 })
    assert.equal(out({ ...kept, unsavedKeys: [...unsavedKeys, 'settings/people'] }).goes, true)
  })

  it('says which are delivered without a sign-in, and which only at the next', () => {
    const items = [item('here'), item('dropped'), item('delivered')]
    assert.deepEqual(out({ items, delivers: true }), { goes: false, delivered: 1, offered: 1 })
    assert.deepEqual(out({ items }), { goes: false, delivered: 0, offered: 2 })
  })

  it('asks nothing when all is in the journal or delivered', () => {
    assert.deepEqual(out({ items: [item('delivered')] }), { goes: false, delivered: 0, offered: 0 })
  })
})
