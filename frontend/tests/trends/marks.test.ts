import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counted, isAnswered, isRated, type Mark, marksOf, stretches, tally } from '../../src/trends/marks.ts'

const course = (count: number) => Array.from({ length: count }, (_, place) => ({ id: `s${place + 1}` }))
const rated = (place: number, value: number) => ({ session_id: `s${place}`, chosen: true, value })

test('a rated 0, a picked one without a rating, one not picked and one not answered are four things', () => {
  const points = [rated(1, 0), { session_id: 's2', chosen: true }, { session_id: 's3', chosen: false }]

  assert.deepEqual(marksOf(course(4), points), [
    { kind: 'rated', value: 0 },
    { kind: 'picked' },
    { kind: 'passed_over' },
    { kind: 'open' },
  ])
})

test('an answer to a question has no `chosen`: being there is enough', () => {
  assert.deepEqual(marksOf(course(2), [{ session_id: 's2', value: 7 }]), [
    { kind: 'open' },
    { kind: 'rated', value: 7 },
  ])
})

test('dots are joined between sessions next to each other and never across one that says nothing', () => {
  const points = [rated(1, 4), rated(2, 6), rated(4, 5), rated(6, 1), rated(7, 0), rated(8, 2)]
  const marks = marksOf(course(9), points)

  assert.deepEqual(stretches(marks, isRated), [
    [0, 1],
    [3, 3],
    [5, 7],
  ])
})

test('the waterline runs where the list was answered, picked or not, and is open elsewhere', () => {
  const points = [rated(1, 4), { session_id: 's2', chosen: false }, { session_id: 's4', chosen: true }]

  assert.deepEqual(stretches(marksOf(course(5), points), isAnswered), [
    [0, 1],
    [3, 3],
  ])
})

test('thirty and a hundred sessions keep one mark each', () => {
  for (const count of [0, 1, 12, 30, 100]) {
    const every = course(count)
    const marks = marksOf(
      every,
      every.filter((_, place) => place % 3).map(({ id }) => ({ session_id: id, value: 5 })),
    )
    assert.equal(marks.length, count)
    assert.equal(marks.filter(isRated).length, count - Math.ceil(count / 3))
  }
})

test('a series is summed up in numbers it has, and has no lowest when nothing was rated', () => {
  const marks: Mark[] = [
    { kind: 'rated', value: 0 },
    { kind: 'picked' },
    { kind: 'passed_over' },
    { kind: 'open' },
  ]

  assert.deepEqual(tally(marks), { answered: 3, chosen: 2, rated: 1, lowest: 0, highest: 0 })
  assert.deepEqual(tally([{ kind: 'picked' }]), {
    answered: 1,
    chosen: 1,
    rated: 0,
    lowest: undefined,
    highest: undefined,
  })
})

test('directions are counted as words, most often said first', () => {
  const said = [['slower'], ['stopped', 'slower'], undefined, ['stopped'], ['slower']]

  assert.deepEqual(counted(said, ['slower', 'faster', 'stopped']), [
    ['slower', 3],
    ['stopped', 2],
  ])
})
