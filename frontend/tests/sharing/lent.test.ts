import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { Words } from '../../src/sessions/say.ts'
import { groupsOf, lexiconOf, linesOf } from '../../src/sharing/lent.ts'
import type { CheckInAsLent, SessionAsLent } from '../../src/sharing/types.ts'
import { catalogue } from '../checkins/catalogue.ts'

const FILE = new URL('../../../journal/content/messages/en.json', import.meta.url)
const sessions: Words = JSON.parse(readFileSync(FILE, 'utf8')).app.sessions
const OWN = '5b0e0a53-6ed7-4a92-9d2f-1c9f4f1b8a02'
const times = (happened_at: string) => ({
  happened_at,
  time_zone: 'America/New_York',
  written_at: happened_at,
})
const checkIn = (id: string, day: number, session_id?: string): CheckInAsLent => ({
  id,
  session_id,
  ratings: {
    moment: 'anytime',
    ...times(`2026-11-${day}T10:00:00Z`),
    noticed: { [`own.${OWN}`]: { intensity: 4 } },
  },
  story: {
    texts: { 'story.line': 'Warm light.' },
    notes: [{ id: 'note', text: 'Still warm.', written_at: '2026-11-22T10:00:00Z' }],
  },
})
const session = (id: string, day: number): SessionAsLent => ({
  id,
  ratings: times(`2026-11-${day}T09:00:00Z`),
})

describe('Rows as they are lent', () => {
  it('stand under their sessions in the order they happened, those of none at the end', () => {
    const groups = groupsOf({
      sessions: [session('later', 20), session('first', 13)],
      check_ins: [checkIn('b', 21, 'later'), checkIn('alone', 10), checkIn('a', 20, 'later')],
    })
    assert.deepEqual(
      groups.map((group) => [group.session?.id, group.checkIns.map(({ id }) => id)]),
      [
        ['first', []],
        ['later', ['a', 'b']],
        [undefined, ['alone']],
      ],
    )
  })

  it('say every answer, every word and what was added later', () => {
    const lines = linesOf(
      checkIn('a', 20),
      lexiconOf({ own_terms: { [OWN]: 'Golden hum' } }, catalogue),
      sessions,
    )
    assert.deepEqual(
      lines.map(({ label, text }) => `${label}: ${text}`).filter((line) => !line.startsWith('story')),
      ['Golden hum: how strong: 4 of 10', `${lines[1]!.label}: Warm light.`, 'Note: Still warm.'],
    )
  })

  it('leave a sensation of her own without its name where words are not lent', () => {
    const [line] = linesOf(checkIn('a', 20), lexiconOf({ own_terms: {} }, catalogue), sessions)
    assert.notEqual(line?.label, 'Golden hum')
    assert.ok(line?.label)
  })
})
