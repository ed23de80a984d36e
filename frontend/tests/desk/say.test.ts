import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { Lexicon } from '../../src/catalogue/lexicon.ts'
import { groupsOf, isWhole, wholeGroups } from '../../src/desk/digits.ts'
import {
  changeLabel,
  metWords,
  minutesLeft,
  neighbours,
  newsOf,
  passedWords,
  sectionWords,
  sourcesOf,
  type Words,
} from '../../src/desk/say.ts'
import type { Brief, LentVisit } from '../../src/desk/types.ts'
import { catalogue } from '../checkins/catalogue.ts'

const messages = new URL('../../../journal/content/messages/en.json', import.meta.url)
const words: Words = JSON.parse(readFileSync(messages, 'utf8')).app.desk
const lexicon = new Lexicon(catalogue, [])

const visit = (id: string, day: number): LentVisit => ({
  id,
  happened_at: `2026-11-${day}T10:00:00Z`,
  time_zone: 'Europe/London',
  new: 0,
})
const COURSE = [visit('third', 20), visit('second', 13), visit('first', 10)]

describe('a share', () => {
  it('is met in person only where the card was', () => {
    assert.equal(metWords({ id: 's', opens: true, met: 'in_person' }, words), 'Met in person')
    assert.equal(metWords({ id: 's', opens: true, met: 'link' }, words), 'By link, not verified')
    assert.equal(metWords({ id: 's', opens: true }, words), 'By link, not verified')
  })

  it('of ratings says nothing of a story', () => {
    assert.equal(sectionWords({ id: 's', opens: true, sections: ['ratings'] }, words), 'ratings')
    assert.equal(
      sectionWords({ id: 's', opens: true, sections: ['ratings', 'story'] }, words),
      'ratings and story',
    )
  })
})

describe('a code', () => {
  it('has minutes left, and none after its end', () => {
    const now = Date.parse('2026-11-20T10:00:00Z')
    assert.equal(minutesLeft('2026-11-20T10:10:00Z', now), 10)
    assert.equal(minutesLeft('2026-11-20T10:00:01Z', now), 1)
    assert.equal(minutesLeft('2026-11-20T10:00:00Z', now), 0)
    assert.equal(minutesLeft('2026-11-20T09:00:00Z', now), 0)
  })

  it('reads digits in any spacing, and tells when all are there', () => {
    assert.deepEqual(groupsOf('12345 678'), ['12345', '678'])
    assert.deepEqual(groupsOf(''), [])
    const all = groupsOf('01234-56789 '.repeat(6))
    assert.equal(all.length, 12)
    assert.ok(isWhole(all))
    assert.equal(wholeGroups(groupsOf('1234567')), 1)
    assert.ok(!isWhole(all.slice(1)))
    assert.ok(!isWhole([...all.slice(1), '1234']))
    assert.ok(!isWhole([...all, '12345']))
  })
})

describe('sessions', () => {
  it('lead to those before and after, of those that are lent', () => {
    assert.deepEqual(neighbours(COURSE, 'second'), { earlier: COURSE[2], later: COURSE[0] })
    assert.deepEqual(neighbours(COURSE, 'first'), { earlier: undefined, later: COURSE[1] })
    assert.deepEqual(neighbours([], 'first'), {})
  })

  it('tell their news the newest first, and what is of none last', () => {
    const told = (session_id: string | undefined, moment: string, changed = false) => ({
      check_in_id: moment,
      session_id,
      moment,
      changed,
      happened_at: '2026-11-21T10:00:00Z',
    })
    const since = [
      told('first', 'week', true),
      told(undefined, 'anytime'),
      told('third', 'landing'),
      told('third', 'next_day'),
    ]
    const news = newsOf({ since, sessions: COURSE } as unknown as Brief, lexicon, words)
    assert.deepEqual(
      news.map(({ session, says }) => [session?.id, says]),
      [
        ['third', 'After the session, The next day'],
        ['first', 'After a week (changed)'],
        [undefined, 'Any time'],
      ],
    )
  })
})

describe('a brief', () => {
  it('names what changed, with the moment of a mood', () => {
    const change = { first: 4, second: 8, by: 4 }
    const label = (told: object) =>
      changeLabel({ ...change, ...told } as Brief['changes'][number], lexicon, words)
    assert.equal(label({ item: 'emo.mood_now', list: 'next_day' }), 'Mood, the next day')
    assert.equal(label({ item: 'state.altered', list: 'items' }), 'Whole experience')
    assert.equal(label({ term: 'se.nausea', list: 'bothered' }), 'Sick')
  })

  it('says when something had passed only where that was told', () => {
    assert.equal(passedWords({ passed: 'within_2h' }, lexicon), 'Within two hours')
    assert.equal(passedWords({ still_here: true }, lexicon), 'Still here')
    assert.equal(passedWords({ still_here: false }, lexicon), '')
    assert.equal(passedWords({}, lexicon), '')
  })

  it('cites each source of its bands once, and none for a total without a band', () => {
    const band = { name: 'mild', lowest: 5, highest: 9, source: 'Kroenke' }
    const point = { check_in_id: 'c', happened_at: '2026-11-21T10:00:00Z' }
    const series = { instrument: 'phq8', highest: 24, points: [{ ...point, total: 6, band }, point] }
    assert.deepEqual(sourcesOf([series, series]), ['Kroenke'])
    assert.deepEqual(sourcesOf([{ ...series, points: [point] }]), [])
  })
})
