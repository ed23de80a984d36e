import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  endOfShare,
  lineOf,
  nameOf,
  othersWith,
  statementOf,
  untilOf,
  verifiedOf,
  whichOf,
} from '../../src/sharing/say.ts'
import type { LogEntry, Share } from '../../src/sharing/types.ts'
import { endOf } from '../../src/sharing/until.ts'
import { words } from './words.ts'

const DAYS = new Map([
  ['first', '2026-11-13T10:30:00Z'],
  ['second', '2026-11-20T10:30:00Z'],
  ['third', '2026-11-27T10:30:00Z'],
])
const SHARE: Share = {
  id: 'share',
  reviewer: { pin_id: 'pin', name: 'Dr Okafor', verified: 'in_person', key_differs: false },
  sections: ['ratings'],
  covers: 'sessions',
  session_ids: ['second'],
  made_at: '2026-11-21T09:00:00Z',
  state: 'live',
  lent: 1,
  lent_check_ins: [],
  waiting: 0,
  unread_replies: 0,
}
const share = (changes: Partial<Share> = {}): Share => ({ ...SHARE, ...changes })

describe('A share is stated', () => {
  it('with whom, what and which session by its day', () => {
    assert.equal(
      statementOf(SHARE, DAYS, words),
      'Dr Okafor can read the numbers, without the words, of the session of November 20, 2026.',
    )
    assert.equal(
      statementOf(share({ sections: ['ratings', 'story'], session_ids: ['second', 'first'] }), DAYS, words),
      'Dr Okafor can read the numbers and the words of 2 sessions (November 13, 2026 and November 20, 2026).',
    )
  })

  it('from the day it was made on', () => {
    const standing = share({ covers: 'from_now_on', session_ids: undefined })
    assert.equal(whichOf(standing, DAYS, words), 'what you check in from November 21, 2026 on')
  })

  it('with sessions that were deleted since', () => {
    assert.equal(whichOf(share({ session_ids: ['gone'] }), DAYS, words), 'a session that is no longer here')
    assert.equal(
      whichOf(share({ session_ids: ['first', 'gone'] }), DAYS, words),
      '2 sessions (November 13, 2026 and 1 more)',
    )
  })

  it('without the name where it does not open', () => {
    assert.equal(nameOf(share({ reviewer: undefined }), words), 'Somebody')
  })

  it('never as verified by a word that is not known', () => {
    assert.equal(verifiedOf('in_person', words), 'In person')
    assert.equal(verifiedOf('by magic', words), 'Not verified')
  })
})

describe('An end is said', () => {
  it('as the whole day, or with its time where it is not', () => {
    assert.equal(untilOf(endOf('2026-12-20'), words), 'the end of December 20, 2026')
    assert.match(untilOf('2026-12-20T08:00:00Z', words), /^December 20, 2026, .*00/)
  })

  it('by how it came', () => {
    const at = { ended_at: '2026-11-25T12:00:00Z' }
    assert.equal(endOfShare(share({ state: 'taken_back', ...at }), words), 'Taken back November 25, 2026')
    assert.equal(
      endOfShare(share({ state: 'expired', until: '2026-11-26T12:00:00Z' }), words),
      'Ended November 26, 2026',
    )
    assert.equal(endOfShare(share({ state: 'reviewer_left' }), words), 'Ended: they left')
    assert.match(endOfShare(share({ state: 'does_not_open' }), words), /^Does not open/)
  })
})

describe('A line of who opened what', () => {
  const NAMES: Record<string, string> = { landing: 'After the session', next_day: 'The next day' }
  const lent = (moment: string, session_id: string | undefined = 'second') => ({
    check_in_id: moment,
    session_id,
    moment,
    happened_at: '2026-11-20T12:00:00Z',
  })
  const line = (entry: Partial<LogEntry> & { what: string }) =>
    lineOf({ number: 1, name: 'Dr Okafor', ...entry }, DAYS, (moment) => NAMES[moment] ?? moment, words)

  it('names the session by its day, the check-ins and what of them', () => {
    assert.equal(
      line({
        what: 'opened_session',
        session_ids: ['second'],
        check_ins: [lent('landing'), lent('next_day')],
        sections: ['ratings', 'story'],
      }),
      'Dr Okafor opened the session of November 20, 2026: After the session, The next day. Numbers and words.',
    )
  })

  it('gives days where check-ins are of several sessions, or of none', () => {
    const told = line({
      what: 'lent',
      check_ins: [lent('landing', 'first'), lent('landing', 'third')],
      sections: ['ratings'],
    })
    assert.equal(
      told,
      'You let Dr Okafor read: After the session (November 20, 2026), After the session (November 20, 2026). Numbers.',
    )
  })

  it('cuts a long list short and says how many more', () => {
    const many = Array.from({ length: 9 }, () => lent('landing'))
    assert.match(line({ what: 'lent', check_ins: many }), /After the session, 3 more\.$/)
  })

  it('counts where all that was shared was opened, or given back', () => {
    assert.equal(
      line({ what: 'opened_brief', count: 2, sections: ['ratings'] }),
      'Dr Okafor opened the summary of 2 check-ins. Numbers.',
    )
    assert.equal(line({ what: 'gave_back', count: 1 }), 'Dr Okafor gave 1 check-in back to a new journal.')
  })

  it('says what was done where nothing more is known', () => {
    assert.equal(line({ what: 'opened_session' }), 'Dr Okafor opened a session.')
    assert.equal(line({ what: 'taken_back' }), 'You took back what you shared with Dr Okafor.')
    assert.equal(
      line({ what: 'opened_brief', check_ins: [lent('landing')] }),
      'Dr Okafor opened the summary.',
    )
    assert.equal(
      line({ what: 'something_new', name: undefined }),
      'Something was done with the share with Somebody.',
    )
  })

  it('says what the patient took out, and for whom', () => {
    const exported = { what: 'exported', name: undefined, format: 'pdf', story: true }
    assert.equal(line(exported), 'You took your journal out as PDF. Numbers and words.')
    assert.equal(
      line({ ...exported, format: 'csv', story: false, shared_with: 'Dr Lind' }),
      'You took your journal out as CSV, for Dr Lind. Numbers.',
    )
  })

  it('leaves no place unfilled, whatever was done', () => {
    const all = Object.keys(words.seen.line)
    assert.ok(all.length > 14)
    for (const what of all) {
      for (const check_ins of [undefined, [lent('landing')]]) {
        assert.doesNotMatch(line({ what, check_ins, session_ids: ['second', 'gone'] }), /[{}]|undefined/)
      }
    }
  })
})

describe('Who has several shares', () => {
  it("reads on by those that are live, and by nobody else's", () => {
    const lind = { ...SHARE.reviewer!, pin_id: 'other', name: 'Dr Lind' }
    const shares = [
      share(),
      share({ id: 'live' }),
      share({ id: 'over', state: 'taken_back' }),
      share({ id: 'theirs', reviewer: lind }),
    ]
    assert.equal(othersWith(SHARE, shares), 1)
    assert.equal(othersWith(share({ reviewer: undefined }), shares), 0)
  })
})
