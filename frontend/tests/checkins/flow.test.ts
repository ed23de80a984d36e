import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { MomentId } from '../../src/api/index.ts'
import {
  answer,
  begin,
  type CheckInDraft,
  detail,
  emotions,
  instrument,
  pick,
  pickNothing,
  say,
  stillHere,
} from '../../src/checkins/draft.ts'
import {
  after,
  flow,
  goOnAt,
  isAnswered,
  type Known,
  NOTHING_KNOWN,
  progress,
  type Question,
} from '../../src/checkins/flow.ts'
import { catalogue } from './catalogue.ts'

const AT = '2026-11-20T11:30:00-05:00'
const start = (moment: MomentId, at = AT): CheckInDraft =>
  begin({ moment, sessionId: '5b0e0a53-6ed7-4a92-9d2f-1c9f4f1b8a01', at, zone: 'America/New_York' })
const asked = (draft: CheckInDraft, known: Known = NOTHING_KNOWN) => flow(catalogue, draft, known)
const keys = (draft: CheckInDraft, known?: Known) =>
  asked(draft, known).questions.map((question) => question.key)
const having = (...others: CheckInDraft[]): Known => ({ ...NOTHING_KNOWN, others })
const find = <K extends Question['kind']>(draft: CheckInDraft, known: Known, kind: K) =>
  asked(draft, known).questions.find(
    (question): question is Extract<Question, { kind: K }> => question.kind === kind,
  )

describe('the landing check-in', () => {
  it('is seven screens, and seven taps when there is nothing to say', () => {
    const draft = pickNothing(pickNothing(start('landing'), 'noticed'), 'bothered')
    assert.deepEqual(keys(draft), [
      'start',
      'emo.mood_now',
      'diss.peak',
      'noticed',
      'bothered',
      'brk.opened',
      'story.line',
    ])
    assert.equal(asked(draft).stages, 7)
  })

  it('asks how bad each of what bothered was, on the screen that follows, still the fifth of seven', () => {
    const draft = pick(start('landing'), 'bothered', ['se.nausea', 'se.dizziness'])
    const { questions, stages } = asked(draft)
    assert.deepEqual(keys(draft).slice(4, 8), [
      'bothered',
      'bothered se.nausea worst',
      'bothered se.dizziness worst',
      'brk.opened',
    ])
    assert.equal(stages, 7)
    assert.deepEqual(
      questions.map((question) => question.stage),
      [1, 2, 3, 4, 5, 5, 5, 6, 7, 7],
    )
  })

  it('asks what is still there only of what was picked', () => {
    assert.equal(find(start('landing'), NOTHING_KNOWN, 'still_here'), undefined)
    const draft = pick(pick(start('landing'), 'noticed', ['sens.tingling']), 'bothered', ['se.nausea'])
    assert.deepEqual(find(draft, NOTHING_KNOWN, 'still_here')?.terms, ['sens.tingling', 'se.nausea'])
  })

  it('asks how bad one of her own was', () => {
    const own = 'own.5b0e0a53-6ed7-4a92-9d2f-1c9f4f1b8a02'
    assert.ok(keys(pick(start('landing'), 'bothered', [own])).includes(`bothered ${own} worst`))
  })

  it('moves along within a screen too', () => {
    const draft = pick(start('landing'), 'bothered', ['se.nausea'])
    const { questions } = asked(draft)
    const at = questions.map((question) => progress(asked(draft), question))
    assert.deepEqual(at, [1, 2, 3, 4, 4.5, 5, 6, 6.5, 7])
  })

  it('goes on after the last answer, and what was skipped stays skipped', () => {
    const draft = pick(answer(start('landing'), 'emo.mood_now', 0), 'noticed', ['sens.tingling'])
    assert.equal(goOnAt(asked(start('landing')), start('landing')), 'start')
    assert.equal(goOnAt(asked(draft), draft), 'bothered')
  })

  it('ends after its last question', () => {
    const draft = start('landing')
    assert.equal(after(asked(draft), 'bothered')?.key, 'brk.opened')
    assert.equal(after(asked(draft), 'story.line'), undefined)
  })
})

describe('the next day', () => {
  const landing = answer(
    pick(
      detail(pick(start('landing'), 'bothered', ['se.nausea']), 'bothered', 'se.nausea', 'worst', 6),
      'noticed',
      ['perc.time'],
    ),
    'brk.opened',
    'no',
  )
  const next = start('next_day', '2026-11-21T10:00:00-05:00')

  it('starts from what was picked at landing, without taking it as said', () => {
    const picks = find(next, having(landing), 'picks')
    assert.deepEqual(picks?.carried, ['perc.time'])
    assert.ok(picks && !isAnswered(picks, next))
  })

  it('asks details of the picks alone, and not again what landing told', () => {
    const draft = pick(pick(next, 'noticed', ['perc.time']), 'bothered', ['se.nausea'])
    const details = asked(draft, having(landing)).questions.filter((question) => question.kind === 'detail')
    assert.deepEqual(
      details.map(({ term, details }) => [term, details]),
      [
        ['perc.time', ['intensity', 'direction']],
        ['se.nausea', ['passed']],
      ],
    )
  })

  it('leaves out what a "no" has answered, and asks where nothing was said', () => {
    assert.ok(!keys(next, having(landing)).includes('brk.breakthrough'))
    assert.ok(!keys(next, having(landing)).includes('brk.what_opened'))
    assert.ok(keys(next, having(start('landing'))).includes('brk.breakthrough'))
    assert.ok(!keys(next, having(answer(start('landing'), 'diss.peak', 0))).includes('diss.dissociation'))
  })

  it('asks how strong emotions were only when some were picked', () => {
    assert.ok(!keys(emotions(next, [])).includes('emo.strong'))
    assert.ok(keys(emotions(next, ['sad'])).includes('emo.strong'))
  })

  it('does not ask again about what had passed', () => {
    const passed = detail(
      pick(next, 'bothered', ['se.nausea', 'se.sleepy']),
      'bothered',
      'se.nausea',
      'passed',
      'by_end',
    )
    const both = detail(passed, 'bothered', 'se.sleepy', 'passed', 'still_here')
    const question = find(both, NOTHING_KNOWN, 'still_here')
    assert.deepEqual([question?.terms, question?.lasting], [['se.sleepy'], ['se.sleepy']])
  })

  it('asks for readings last, when the session has none', () => {
    assert.equal(keys(next, { ...NOTHING_KNOWN, open: 'facts' }).at(-1), 'facts')
  })
})

describe('the days after', () => {
  const picked = pick(start('landing'), 'noticed', ['sens.tingling', 'sens.heavy'])

  it('ask of what was still there the last time, and of nothing else', () => {
    const third = start('third_day', '2026-11-23T10:00:00-05:00')
    assert.deepEqual(find(third, having(stillHere(picked, ['sens.heavy'])), 'still_here')?.terms, [
      'sens.heavy',
    ])
    assert.equal(find(third, having(stillHere(picked, [])), 'still_here'), undefined)
  })

  it('ask after the small step only where one was written', () => {
    const third = start('third_day')
    assert.ok(!keys(third).includes('step.done'))
    assert.ok(
      keys(third, having(say(start('next_day'), 'step.plan', 'Walk to the pier'))).includes('step.done'),
    )
  })
})

describe('questionnaires', () => {
  const due = (phq8: boolean, gad7: boolean): Known => ({ ...NOTHING_KNOWN, due: { phq8, gad7 } })

  it('come one item a screen, only those that are due', () => {
    const items = asked(start('week'), due(true, false)).questions.filter(
      (question) => question.kind === 'instrument',
    )
    assert.deepEqual(
      items.map(({ id, index }) => [id, index]),
      Array.from({ length: 8 }, (_, index) => ['phq8', index]),
    )
    assert.ok(
      !asked(start('week'), due(false, false)).questions.some((question) => question.kind === 'instrument'),
    )
  })

  it('are gone on with once begun', () => {
    const draft = instrument(start('week'), 'gad7', 7, 2, 0)
    const kinds = asked(draft, due(false, false)).questions.map((question) => question.kind)
    assert.equal(kinds.filter((kind) => kind === 'instrument').length, 7)
    assert.equal(goOnAt(asked(draft), draft), 'gad7 3')
  })

  it('ask how difficult it was only when something was', () => {
    const difficult = (value: number) =>
      keys(instrument(start('week'), 'phq8', 8, 0, value), due(true, false))
    assert.ok(!difficult(0).includes('phq8 difficulty'))
    assert.equal(difficult(1).at(-1), 'phq8 difficulty')
  })
})

describe('before a session', () => {
  it('asks about history once, and no more', () => {
    const first = find(start('before'), NOTHING_KNOWN, 'words')
    assert.deepEqual(first?.prompts, ['session.intention'])
    const later = asked(start('before'), { ...NOTHING_KNOWN, said: new Set(['prep.goals', 'prep.history']) })
    assert.deepEqual(later.questions.at(-1), {
      kind: 'words',
      key: 'prep.medicines',
      prompts: ['prep.medicines', 'prep.questions'],
      stage: 3,
    })
  })

  it('begins with the session that nobody has told of', () => {
    assert.equal(keys(start('before'), { ...NOTHING_KNOWN, open: 'visit' })[0], 'visit')
  })
})

describe('every moment', () => {
  for (const { id, screens } of catalogue.moments) {
    it(`${id}: has questions with keys of their own`, () => {
      const all = keys(start(id), { ...NOTHING_KNOWN, due: { phq8: true, gad7: true } })
      assert.ok(all.length >= screens.length - 1)
      assert.equal(new Set(all).size, all.length)
    })
  }
})
