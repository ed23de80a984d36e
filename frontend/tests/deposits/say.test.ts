import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { Device } from '../../src/api/index.ts'
import {
  bareLines,
  filedLines,
  outboxOf,
  proposal,
  type Situation,
  standing,
  type Words,
} from '../../src/deposits/say.ts'
import type { Item, Pairing } from '../../src/offline/index.ts'

const FILE = new URL('../../../journal/content/messages/en.json', import.meta.url)
const words: Words = JSON.parse(readFileSync(FILE, 'utf8')).app.deposits
const HERE: Device = { id: 'here', name: 'Chrome on Android', paired_at: '2026-11-20T10:00:00Z' }
const OTHER: Device = { id: 'other', name: 'The tablet', paired_at: '2026-11-01T10:00:00Z' }
const GONE: Device = { ...OTHER, id: 'gone', dropped_at: '2026-11-10T10:00:00Z' }
const kept = (of: Partial<Pairing> = {}) =>
  ({ account: 'maya', device: 'here', current: true, ...of }) as Pairing

// Only the language is asked of a page.
globalThis.document ??= { documentElement: { lang: 'en' } } as Document

describe('How this browser stands to whoever is signed in', () => {
  it('is nobody’s, hers, dropped, or somebody else’s', () => {
    assert.equal(standing(null, 'maya', []), 'unkept')
    assert.equal(standing(kept(), 'maya', [HERE]), 'mine')
    assert.equal(standing(kept(), 'maya', [{ ...HERE, dropped_at: HERE.paired_at }]), 'dropped')
    assert.equal(standing(kept({ dropped: true } as Partial<Pairing>), 'maya', [HERE]), 'dropped')
    assert.equal(standing(kept(), 'noor', [OTHER]), 'theirs')
  })

  it('is hers without a connection too, and unknown until the phone was read', () => {
    assert.equal(standing(kept(), 'maya', undefined), 'mine')
    assert.equal(standing(undefined, 'maya', [HERE]), 'unknown')
  })
})

describe('What Today proposes', () => {
  const now = (of: Partial<Situation>) =>
    proposal({ stands: 'unkept', devices: [], phone: true, lost: 0, notNow: [], ...of })

  it('keeping this phone, when none is kept', () => {
    assert.equal(now({}), 'keep')
  })

  it('nothing on a desk, nothing before the phones were read, nothing after "Not now"', () => {
    assert.equal(now({ phone: false }), undefined)
    assert.equal(now({ devices: undefined }), undefined)
    assert.equal(now({ notNow: ['keep'] }), undefined)
  })

  it('says that a kept phone may have been cleared, but not of phones that were dropped', () => {
    assert.equal(now({ devices: [HERE] }), 'cleared')
    assert.equal(now({ devices: [HERE], notNow: ['keep'] }), 'cleared')
    assert.equal(now({ devices: [HERE], notNow: ['cleared'] }), undefined)
    assert.equal(now({ devices: [GONE] }), undefined)
  })

  it('never takes over the phone of somebody else', () => {
    assert.equal(now({ stands: 'theirs' }), undefined)
    assert.equal(now({ stands: 'theirs', devices: [HERE] }), undefined)
  })

  it('says what was lost, whatever was answered before', () => {
    assert.equal(now({ stands: 'mine', lost: 1, phone: false, notNow: ['keep', 'cleared'] }), 'lost')
  })
})

describe('The outbox', () => {
  const NOW = Date.parse('2026-11-25T12:00:00Z')
  const item = (state: Item['state'], hours: number, of: Partial<Item> = {}): Item => ({
    id: `${state} ${hours}`,
    account: 'maya',
    checkIn: 'c',
    savedAt: NOW - hours * 3_600_000,
    state,
    ...of,
  })

  it('counts what is on this phone only and what is delivered', () => {
    const { here, delivered, late } = outboxOf([item('here', 1), item('here', 2), item('delivered', 30)], NOW)
    assert.deepEqual([here, delivered, late], [2, 1, false])
  })

  it('is late after a day on this phone only', () => {
    assert.equal(outboxOf([item('here', 23)], NOW).late, false)
    assert.equal(outboxOf([item('here', 24)], NOW).late, true)
    assert.equal(outboxOf([item('dropped', 48)], NOW).late, false)
  })

  it('says why one cannot go', () => {
    assert.equal(outboxOf([item('here', 1), item('here', 2, { trouble: 'full' })], NOW).trouble, 'full')
  })
})

describe('What was filed', () => {
  const filed = (device_id: string, added = true) => ({ id: 'd', device_id, check_in_id: 'c', added })
  const lines = (...all: ReturnType<typeof filed>[]) => filedLines(all, 'here', [HERE, OTHER], words.filed)

  it('is a line a phone', () => {
    assert.deepEqual(lines(filed('here'), filed('other'), filed('here')), [
      '2 check-ins from this phone were added.',
      '1 check-in from The tablet was added.',
    ])
  })

  it('counts nothing that was in the journal already', () => {
    assert.deepEqual(lines(filed('here', false)), [])
  })

  it('names a phone it does not know as another', () => {
    assert.deepEqual(lines(filed('strange')), ['1 check-in from another phone was added.'])
  })
})

describe('What is not as a check-in should be', () => {
  it('is told to the last word and number, without what nobody said', () => {
    const mine = {
      check_in: {
        id: 'c',
        ratings: { moment: 'landing', noticed: 'heavy', answers: { 'emo.mood_now': 0 }, finished: false },
        story: { texts: { 'story.line': 'Softer.' }, notes: [null, ['and then']] },
      },
    }
    assert.deepEqual(
      bareLines(mine).map(({ label, text }) => `${label}: ${text}`),
      [
        'moment: landing',
        'noticed: heavy',
        'emo.mood now: 0',
        'finished: false',
        'story.line: Softer.',
        'notes, 1, 0: and then',
      ],
    )
  })

  it('is nothing when there is nothing', () => {
    assert.deepEqual(bareLines(undefined), [])
    assert.deepEqual(bareLines({ check_in: {} }), [])
  })
})
