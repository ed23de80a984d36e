import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  answer,
  begin,
  detail,
  difficulty,
  finish,
  instrument,
  isEmpty,
  leaveOut,
  pick,
  pickNothing,
  say,
  stillHere,
} from '../../src/checkins/draft.ts'

const AT = '2026-11-20T11:30:00-05:00'
const blank = begin({ moment: 'landing', at: AT, zone: 'America/New_York' })

describe('an answer', () => {
  it('of 0 is an answer; one taken back is absent', () => {
    const low = answer(blank, 'emo.mood_now', 0)
    assert.deepEqual(low.ratings.answers, { 'emo.mood_now': 0 })
    assert.deepEqual(answer(low, 'emo.mood_now', undefined), blank)
  })

  it('changes nothing that was there before', () => {
    const before = structuredClone(blank)
    finish(say(pick(answer(blank, 'emo.mood_now', 3), 'noticed', ['sens.heavy']), 'story.line', 'Warm light'))
    assert.deepEqual(blank, before)
  })

  it('leaves a check-in empty until there is one', () => {
    assert.ok(isEmpty(blank))
    assert.ok(isEmpty(finish(blank)))
    assert.ok(!isEmpty(pickNothing(blank, 'noticed')))
    assert.ok(!isEmpty(stillHere(blank, [])))
  })
})

describe('picks', () => {
  it('keep their details as others come and go', () => {
    const one = detail(pick(blank, 'bothered', ['se.nausea']), 'bothered', 'se.nausea', 'worst', 7)
    const two = pick(one, 'bothered', ['se.nausea', 'se.sleepy'])
    assert.deepEqual(two.ratings.bothered, { 'se.nausea': { worst: 7 }, 'se.sleepy': {} })
    assert.deepEqual(pick(two, 'bothered', ['se.sleepy']).ratings.bothered, { 'se.sleepy': {} })
  })

  it('are never both nothing and something', () => {
    const nothing = pickNothing(pick(blank, 'noticed', ['sens.heavy']), 'noticed')
    assert.deepEqual([nothing.ratings.none, nothing.ratings.noticed], [['noticed'], undefined])
    const some = pick(pickNothing(nothing, 'bothered'), 'noticed', ['sens.heavy'])
    assert.deepEqual([some.ratings.none, some.ratings.noticed], [['bothered'], { 'sens.heavy': {} }])
  })

  it('let go of, leave the list unanswered', () => {
    assert.deepEqual(pick(pick(blank, 'noticed', ['sens.heavy']), 'noticed', []), blank)
  })

  it('lose a detail that was taken back', () => {
    const told = detail(pick(blank, 'noticed', ['perc.time']), 'noticed', 'perc.time', 'direction', [
      'slower',
    ])
    assert.deepEqual(detail(told, 'noticed', 'perc.time', 'direction', []).ratings.noticed, {
      'perc.time': {},
    })
  })
})

describe('words', () => {
  it('are kept to the character, and spaces alone are none', () => {
    assert.deepEqual(say(blank, 'story.line', ' Warm light ').story, {
      texts: { 'story.line': ' Warm light ' },
    })
    assert.deepEqual(say(say(blank, 'story.line', 'Warm'), 'story.line', '  '), blank)
  })

  it('never touch notes added later', () => {
    const notes = [{ id: '5b0e0a53-6ed7-4a92-9d2f-1c9f4f1b8a03', written_at: AT, text: 'Later' }]
    const noted = { ...blank, story: { notes } }
    assert.deepEqual(say(say(noted, 'story.line', 'Warm'), 'story.line', ''), noted)
  })
})

describe('a questionnaire', () => {
  it('has null where an answer is open, and goes with its last answer', () => {
    const begun = instrument(blank, 'gad7', 7, 2, 0)
    assert.deepEqual(begun.ratings.instruments, {
      gad7: { answers: [null, null, 0, null, null, null, null] },
    })
    assert.deepEqual(instrument(begun, 'gad7', 7, 2, undefined), blank)
  })

  it('keeps how difficult it was, and can be left out whole', () => {
    const both = difficulty(instrument(instrument(blank, 'gad7', 7, 0, 1), 'phq8', 8, 0, 3), 'phq8', 2)
    assert.equal(both.ratings.instruments?.phq8?.difficulty, 2)
    assert.deepEqual(Object.keys(leaveOut(both, 'phq8').ratings.instruments ?? {}), ['gad7'])
    assert.deepEqual(difficulty(blank, 'phq8', 2), blank)
  })
})
