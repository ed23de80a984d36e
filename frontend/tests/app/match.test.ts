import assert from 'node:assert/strict'
import { test } from 'node:test'
import { match } from '../../src/app/match.ts'

const ROUTES = [
  { path: '/' },
  { path: '/sessions' },
  { path: '/sessions/{id}' },
  { path: '/trends/compare' },
  { path: '/check-in/{moment}' },
]

const found = (address: string) => match(ROUTES, address)

test('an address leads to its route, with or without a slash at the end', () => {
  assert.equal(found('/')?.route.path, '/')
  assert.equal(found('/sessions')?.route.path, '/sessions')
  assert.equal(found('/sessions/')?.route.path, '/sessions')
  assert.equal(found('/trends/compare')?.route.path, '/trends/compare')
})

test('parts in braces are handed over', () => {
  assert.deepEqual(found('/sessions/abc')?.parameters, { id: 'abc' })
  assert.deepEqual(found('/check-in/next_day')?.parameters, { moment: 'next_day' })
  assert.deepEqual(found('/sessions/a%20b')?.parameters, { id: 'a b' })
})

test('a broken escape is taken as it stands', () => {
  assert.deepEqual(found('/sessions/%E0%A4%A')?.parameters, { id: '%E0%A4%A' })
})

test('other addresses lead nowhere', () => {
  assert.equal(found('/sessions/a/b'), undefined)
  assert.equal(found('/docs/api'), undefined)
  assert.equal(found('//evil.example'), undefined)
})
