import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { CheckInDraft, SessionDraft } from '../../src/api/index.ts'
import { Lexicon } from '../../src/catalogue/lexicon.ts'
import {
  answersOf,
  compare,
  factsOf,
  versionOfCheckIn,
  type Words,
  writtenLater,
} from '../../src/sessions/say.ts'
import { catalogue } from '../checkins/catalogue.ts'

const messages = new URL('../../../journal/content/messages/en.json', import.meta.url)
const words: Words = JSON.parse(readFileSync(messages, 'utf8')).app.sessions
const OWN = '5b0e0a53-6ed7-4a92-9d2f-1c9f4f1b8a02'
const lexicon = new Lexicon(catalogue, [
  { id: OWN, ratings: { list: 'noticed' }, story: { label: 'Golden hum' } },
])
const AT = {
  happened_at: '2026-11-20T11:30:00-05:00',
  time_zone: 'America/New_York',
  written_at: '2026-11-20T11:30:00-05:00',
}

function said(ratings: Partial<CheckInDraft['ratings']>, story?: CheckInDraft['story']): string[] {
  const draft = { ratings: { moment: 'landing' as const, ...AT, ...ratings }, story }
  return answersOf(draft, lexicon, words).map(({ label, text }) => `${label}: ${text}`)
}

describe('a check-in reads', () => {
  it('with the words of the catalogue, 0 as an answer and nothing for what is absent', () => {
    assert.deepEqual(
      said({
        answers: {
          'brk.opened': 'a_little',
          'emo.mood_now': 0,
          'lt.bladder': 'not_sure',
          'recovery.returned': 'by_end',
        },
      }),
      [
        'Mood: 0 of 10',
        'Back to yourself: By the end of the session',
        'Something opened up: A little',
        'Bladder: Not sure',
      ],
    )
    assert.deepEqual(said({}), [])
  })

  it('with what was picked and what was said of it', () => {
    const told = said({
      noticed: { 'perc.time': { direction: ['slower'], intensity: 7 }, [`own.${OWN}`]: {} },
      bothered: { 'se.nausea': { worst: 0, passed: 'by_end' } },
      still_here: [],
      emotions: ['sad', 'calm'],
    })
    assert.deepEqual(told, [
      'Emotions: Sad, Calm',
      'Still with you: All gone',
      'Time slower or faster: Slower; how strong: 7 of 10',
      'Golden hum: picked',
      'Sick: at worst: 0 of 10; passed: By the end of the session',
    ])
    assert.deepEqual(said({ none: ['noticed'] }), ['What you noticed: Nothing special'])
  })

  it('with each answer to a questionnaire, and a total only when it is whole', () => {
    const [total, first] = said({ instruments: { gad7: { answers: [1, 0, 0, 0, 0, 0, 3] } } })
    assert.deepEqual([total, first], ['Total: 4 of 21', 'Feeling nervous, anxious, or on edge: Several days'])
    assert.equal(
      said({ instruments: { gad7: { answers: [1, 0, 0, 0, null, 0, 3] } } })[0],
      'Total: 6 of 7 answered',
    )
  })

  it('with her own words as they are', () => {
    assert.deepEqual(said({}, { texts: { 'story.line': 'Warm\nlight' } }), [
      'One line, if you like: Warm\nlight',
    ])
  })
})

describe('a session reads', () => {
  it('without a word about whether a reading is good', () => {
    const session: SessionDraft = {
      ratings: {
        ...AT,
        route: 'im',
        dose: { amount: 60, unit: 'mg' },
        blood_pressure: { systolic: 190, diastolic: 120, told_by_staff: 'yes' },
        pulse: 130,
      },
      story: { place: 'Harbour clinic' },
    }
    assert.deepEqual(
      factsOf(session, lexicon, words).map(({ label, text }) => `${label}: ${text}`),
      [
        'Route: Injection into a muscle',
        'Dose: 60 mg',
        'Place: Harbour clinic',
        'Blood pressure: 190 over 120, told by staff',
        'Pulse: 130 beats a minute',
      ],
    )
  })

  it('with a dose nobody knows', () => {
    assert.equal(
      factsOf({ ratings: { ...AT, dose: { unit: 'unknown' } } }, lexicon, words)[0]?.text,
      "I don't know",
    )
  })
})

describe('two versions', () => {
  const version = (answers: Record<string, number>) =>
    versionOfCheckIn({ ratings: { moment: 'landing', ...AT, answers } }, lexicon, words)

  it('differ where an answer differs or is not in both, and nowhere else', () => {
    const { differences, same } = compare(
      version({ 'emo.mood_now': 2, 'diss.peak': 7 }),
      version({ 'emo.mood_now': 9, 'day.sleep': 4 }),
    )
    assert.deepEqual(
      differences.map(({ label, mine, other }) => [label, mine?.text, other?.text]),
      [
        ['Mood', '2 of 10', '9 of 10'],
        ['Furthest away', '7 of 10', undefined],
        ['Sleep', undefined, '4 of 10'],
      ],
    )
    assert.equal(same, 1)
  })
})

describe('written later', () => {
  it('is clearly later, not a few minutes', () => {
    const written = (at: string) => writtenLater({ ratings: { moment: 'landing', ...AT, written_at: at } })
    assert.deepEqual(
      [written('2026-11-20T12:00:00-05:00'), written('2026-11-20T15:00:00-05:00')],
      [false, true],
    )
  })
})
