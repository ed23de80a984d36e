import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { anyUnsaved, keep, letAllGo, letGo, unsaved, warnBeforeLeaving } from '../../src/unsaved/index.ts'

afterEach(letAllGo)

test('answers are kept until the server has them', () => {
  keep('landing', { mood: 3 })
  assert.deepEqual(unsaved('landing'), { mood: 3 })
  assert.equal(anyUnsaved.value, true)

  letGo('landing')
  assert.equal(unsaved('landing'), undefined)
  assert.equal(anyUnsaved.value, false)
})

test('one saved does not let another go', () => {
  keep('landing', 1)
  keep('note', 2)
  letGo('landing')

  assert.equal(unsaved('note'), 2)
  assert.equal(anyUnsaved.value, true)
})

test('the browser asks before it closes over answers, and only then', () => {
  const target = new EventTarget()
  warnBeforeLeaving(target as unknown as Window)
  const closing = () => target.dispatchEvent(new Event('beforeunload', { cancelable: true }))

  assert.equal(closing(), true)
  keep('landing', 1)
  assert.equal(closing(), false)
})
