import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { SessionDraft } from '../../src/api/index.ts'
import { draftFrom, faultsIn, NEW_COURSE, valuesOf } from '../../src/sessions/form.ts'

const BARE: SessionDraft = {
  ratings: {
    happened_at: '2026-11-20T10:30:42-05:00',
    time_zone: 'America/New_York',
    written_at: '2026-11-20T12:00:00-05:00',
  },
}
const NOTES = [
  { id: '5b0e0a53-6ed7-4a92-9d2f-1c9f4f1b8a03', written_at: '2026-11-21T12:00:00-05:00', text: 'Later' },
]
const WHOLE: SessionDraft = {
  course_id: '5b0e0a53-6ed7-4a92-9d2f-1c9f4f1b8a04',
  ratings: {
    ...BARE.ratings,
    number: 4,
    route: 'im',
    dose: { amount: 0.5, unit: 'mg_per_kg' },
    duration_min: 60,
    position: 'lying',
    setting: 'home',
    staff_present: 'no',
    water: 'not_sure',
    blood_pressure: { systolic: 128, diastolic: 82, told_by_staff: 'yes', at: '2026-11-20T11:10:00-05:00' },
    pulse: 77,
  },
  story: { place: 'Home', staff_role: 'My sister', note: 'Rain', notes: NOTES },
}

describe('the facts of a session', () => {
  it('come back from the form as they went in', () => {
    assert.deepEqual(draftFrom(valuesOf(BARE), BARE, undefined), BARE)
    assert.deepEqual(draftFrom(valuesOf(WHOLE), WHOLE, WHOLE.course_id), WHOLE)
  })

  it('left empty are left out, and notes are not the form’s to drop', () => {
    const emptied = {
      ...valuesOf(WHOLE),
      route: '',
      unit: '',
      amount: '',
      systolic: '',
      place: ' ',
      staff_role: '',
      note: '',
    }
    const draft = draftFrom(emptied, WHOLE, undefined)
    assert.ok(!['route', 'dose', 'blood_pressure'].some((name) => name in draft.ratings))
    assert.deepEqual(draft.story, { notes: NOTES })
    assert.ok(!('course_id' in draft))
  })

  it('told of another zone are told with its offset', () => {
    const moved = draftFrom({ ...valuesOf(BARE), zone: 'Europe/London' }, BARE, undefined)
    assert.equal(moved.ratings.happened_at, '2026-11-20T10:30:00+00:00')
  })

  it('take a comma before decimals', () => {
    assert.deepEqual(
      draftFrom({ ...valuesOf(BARE), amount: '0,5', unit: 'mg' }, BARE, undefined).ratings.dose,
      { amount: 0.5, unit: 'mg' },
    )
  })
})

describe('what is to be mended', () => {
  const faults = (change: Partial<ReturnType<typeof valuesOf>>) => faultsIn({ ...valuesOf(WHOLE), ...change })

  it('is nothing in what was kept before', () => {
    assert.deepEqual(faultsIn(valuesOf(BARE)), {})
    assert.deepEqual(faults({}), {})
  })

  it('is told at its field', () => {
    assert.deepEqual(faults({ at: '', zone: 'Nowhere' }), { at: 'when', zone: 'zone' })
    assert.deepEqual(faults({ pulse: 'fast', number: '0', duration_min: '1.5' }), {
      pulse: 'number',
      number: 'number',
      duration_min: 'number',
    })
    assert.deepEqual(faults({ amount: '-1' }), { amount: 'amount' })
    assert.deepEqual(faults({ unit: '' }), { unit: 'unit' })
    assert.deepEqual(
      [faults({ systolic: '' }), faults({ diastolic: '' })],
      [{ systolic: 'both' }, { diastolic: 'both' }],
    )
    assert.deepEqual(faults({ course: NEW_COURSE, courseName: ' ' }), { courseName: 'course' })
  })
})
