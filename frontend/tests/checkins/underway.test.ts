import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { CheckInDraft } from '../../src/api/index.ts'
import { answer, begin, finish } from '../../src/checkins/draft.ts'
import { NOTHING_KNOWN } from '../../src/checkins/flow.ts'
import { sendBy, tryNow, waiting } from '../../src/checkins/keeping.ts'
import { change, letGoOf, type Underway, underway } from '../../src/checkins/underway.ts'
import { atOffset, hoursBetween, now } from '../../src/elements/when.ts'
import { letAllGo } from '../../src/unsaved/index.ts'

const ago = (hours: number) => atOffset(new Date(Date.now() - hours * 3_600_000))
const told = (hours: number): CheckInDraft =>
  answer(begin({ moment: 'anytime', at: ago(hours), zone: 'Europe/London' }), 'emo.mood_now', 3)

function answering(draft: CheckInDraft, earlier = false): void {
  const rest = { known: NOTHING_KNOWN, own: [], trail: ['emo.mood_now'] }
  underway.value = { id: 'one', draft, begun: true, earlier, ...rest } satisfies Underway
}

const kept = () => underway.value!.draft.ratings

beforeEach(() => sendBy(async () => '"1"'))
afterEach(() => {
  underway.value = undefined
  letAllGo()
})

describe('an answer', () => {
  it('of the same sitting is no revision', () => {
    answering(told(0.1))
    change(answer(underway.value!.draft, 'emo.mood_now', 4))
    change(finish(underway.value!.draft))

    assert.equal(kept().revised_at, undefined)
  })

  const later: [string, CheckInDraft, boolean][] = [
    ['in a check-in that is at its end', finish(told(0.1)), false],
    ['in one that was begun in an earlier tab', told(0.1), true],
    ['long after the beginning, in the same tab', told(2), false],
  ]
  for (const [when, draft, earlier] of later)
    it(`${when} says when it was changed, and not when it was written`, () => {
      answering(draft, earlier)
      change(answer(draft, 'emo.mood_now', 4))

      assert.ok(hoursBetween(kept().revised_at!, now()) < 0.01)
      assert.equal(kept().written_at, draft.ratings.written_at)
      assert.equal((waiting.value[0]!.body as CheckInDraft).ratings.revised_at, kept().revised_at)
    })

  it('given once more as it was is none', () => {
    answering(finish(told(5)), true)
    change(answer(underway.value!.draft, 'emo.mood_now', 3))
    change(finish(underway.value!.draft))

    assert.equal(kept().revised_at, undefined)
  })
})

describe('a check-in that was changed by other means', () => {
  it('is let go, unless answers of it are on their way', async () => {
    sendBy(() => new Promise(() => {}))
    answering(told(0.1))
    letGoOf('another')
    assert.ok(underway.value)

    change(answer(underway.value.draft, 'emo.mood_now', 4))
    letGoOf('one')
    assert.ok(underway.value)

    letAllGo()
    letGoOf('one')
    assert.equal(underway.value, undefined)
    tryNow()
  })
})
