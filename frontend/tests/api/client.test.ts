import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, test } from 'node:test'
import { get, put, whenSignInEnded } from '../../src/api/client.ts'
import { Problem, Unreachable } from '../../src/api/problem.ts'

type Reply = (request: IncomingMessage, response: ServerResponse, body: string) => void

const ID = '5f0c6a52-6a3c-4b57-9a5e-0f3d1f4b8c11'
let reply: Reply
let origin = ''
let asked: { method?: string; url?: string; headers: IncomingMessage['headers']; body: string }[] = []

const server = createServer((request, response) => {
  let body = ''
  request.on('data', (part) => {
    body += part
  })
  request.on('end', () => {
    asked.push({ method: request.method, url: request.url, headers: request.headers, body })
    reply(request, response, body)
  })
})

// In a browser addresses are the page's own; here they are this server's.
const overTheWire = globalThis.fetch

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  globalThis.fetch = (address, init) => overTheWire(`${origin}${address}`, init)
})

after(() => {
  globalThis.fetch = overTheWire
  server.close()
  server.closeAllConnections()
})

beforeEach(() => {
  asked = []
  whenSignInEnded(async () => false)
})

const json =
  (status: number, value: unknown, headers: Record<string, string> = {}): Reply =>
  (_, response) =>
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(value))

const problem = (
  status: number,
  slug: string,
  more: object = {},
  headers: Record<string, string> = {},
): Reply =>
  json(status, { type: `/problems/${slug}`, title: 'No', status, detail: 'Because.', ...more }, headers)

const course = { ratings: { planned_sessions: 6 }, story: { name: 'Autumn' } }

test('what is asked for arrives with its ETag, and no cache may keep it', async () => {
  reply = json(200, { id: ID, revision: 3, ...course }, { ETag: '"3"' })

  const { data, etag, status } = await get('/courses/{row_id}', { path: { row_id: ID } })

  assert.equal(asked[0]!.url, `/api/v1/courses/${ID}`)
  assert.equal(asked[0]!.headers['cache-control'], 'no-cache')
  assert.deepEqual([data.revision, etag, status], [3, '"3"', 200])
})

test('a change names the version it was made from', async () => {
  reply = json(200, { id: ID, revision: 4, ...course }, { ETag: '"4"' })

  await put('/courses/{row_id}', { path: { row_id: ID }, body: course, ifMatch: '"3"' })

  assert.equal(asked[0]!.headers['if-match'], '"3"')
  assert.deepEqual(JSON.parse(asked[0]!.body), course)
})

test('an unset part of a query is not sent', async () => {
  reply = json(200, { items: [] })

  await get('/check-ins', { query: { limit: 10, cursor: undefined } })

  assert.equal(asked[0]!.url, '/api/v1/check-ins?limit=10')
})

test('a refusal says what to mend, where, and when to come back', async () => {
  const faults = { errors: [{ pointer: '#/ratings/planned_sessions', detail: 'Too many.' }] }
  reply = problem(422, 'invalid', faults, { 'Retry-After': '7' })

  const refused = await put('/courses/{row_id}', { path: { row_id: ID }, body: course }).catch(
    (caught) => caught,
  )

  assert.ok(refused instanceof Problem)
  assert.equal(refused.slug, 'invalid')
  assert.equal(refused.detail, 'Because.')
  assert.equal(refused.faults.get('#/ratings/planned_sessions'), 'Too many.')
  assert.equal(refused.retryAfter, 7)
})

test('a refusal that is not JSON is still a refusal', async () => {
  reply = (_, response) => response.writeHead(502).end('<h1>Bad gateway</h1>')

  const refused = await get('/today').catch((caught) => caught)

  assert.ok(refused instanceof Problem)
  assert.deepEqual([refused.status, refused.slug, refused.title], [502, '', ''])
})

test('both versions are there when something was changed elsewhere', async () => {
  reply = problem(412, 'changed-elsewhere', { current: { id: ID, revision: 9, ...course } }, { ETag: '"9"' })

  const refused = await put('/courses/{row_id}', {
    path: { row_id: ID },
    body: course,
    ifMatch: '"3"',
  }).catch((caught) => caught)

  assert.deepEqual(refused.members.current, { id: ID, revision: 9, ...course })
  assert.equal(refused.etag, '"9"')
})

test('after a new sign-in the same answers are sent again', async () => {
  let signedIn = false
  reply = (...all) =>
    signedIn ? json(201, { id: ID, revision: 1, ...course })(...all) : problem(401, 'sign-in-needed')(...all)
  whenSignInEnded(async () => {
    signedIn = true
    return true
  })

  const { status } = await put('/courses/{row_id}', { path: { row_id: ID }, body: course })

  assert.equal(status, 201)
  assert.deepEqual(
    asked.map((one) => one.body),
    [JSON.stringify(course), JSON.stringify(course)],
  )
})

test('whoever does not sign in again is told why it was not sent', async () => {
  reply = problem(401, 'sign-in-needed')

  const refused = await get('/today').catch((caught) => caught)

  assert.ok(refused.is('sign-in-needed'))
  assert.equal(asked.length, 1)
})

test('a visitor is never asked to sign in again', async () => {
  let sheets = 0
  whenSignInEnded(async () => {
    sheets++
    return false
  })
  reply = problem(401, 'sign-in-needed')

  await get('/account', { asVisitor: true }).catch(() => {})

  assert.equal(sheets, 0)
})

test('no answer at all is not a refusal', async () => {
  reply = (request) => request.socket.destroy()

  await assert.rejects(get('/today'), Unreachable)
})

test('sealed bytes go as they are, and an answer without a body is no broken JSON', async () => {
  reply = (_, response) => response.writeHead(201).end()
  const path = { device_id: ID, deposit_id: ID }
  const { data, status } = await put('/devices/{device_id}/deposits/{deposit_id}', {
    path,
    bytes: Uint8Array.of(104, 105),
  })

  assert.deepEqual([data, status], [undefined, 201])
  assert.equal(asked[0]!.headers['content-type'], 'application/octet-stream')
  assert.equal(asked[0]!.body, 'hi')
})
