import assert from 'node:assert/strict'
import { beforeEach, describe, it, mock } from 'node:test'
import { Problem, Unreachable } from '../../src/api/index.ts'
import {
  dropMine,
  keepMine,
  knownAs,
  type Row,
  save,
  sendBy,
  state,
  tryNow,
  waiting,
} from '../../src/checkins/keeping.ts'
import { anyUnsaved, letAllGo } from '../../src/unsaved/index.ts'

/** A server that keeps rows as ours does: a request sent twice is kept once, anything unexpected is a 412. */
class Server {
  rows = new Map<string, { body: string; revision: number }>()
  log: string[] = []
  /** What happens to coming requests: 'lost' is kept and its reply lost. */
  weather: ('fine' | 'down' | 'lost' | number)[] = []

  receive = async (row: Row, body: object, etag: string | undefined): Promise<string> => {
    await null
    const weather = this.weather.shift() ?? 'fine'
    if (weather === 'down') throw new Unreachable()
    if (typeof weather === 'number')
      throw new Problem(weather, { type: weather === 401 ? '/problems/sign-in-needed' : '' }, new Headers())
    const found = this.store(row, JSON.stringify(body), etag)
    if (weather === 'lost') throw new Unreachable()
    return `"${found}"`
  }

  store({ path, id }: Row, body: string, etag: string | undefined): number {
    const before = this.rows.get(id)
    this.log.push(`${path} ${body}`)
    if (before?.body === body) return before.revision
    if (etag !== (before ? `"${before.revision}"` : undefined)) {
      throw new Problem(
        412,
        { type: '/problems/changed-elsewhere', current: before && JSON.parse(before.body) },
        new Headers(before && { ETag: `"${before.revision}"` }),
      )
    }
    this.rows.set(id, { body, revision: (before?.revision ?? 0) + 1 })
    return this.rows.get(id)!.revision
  }

  has = (id: string) => JSON.parse(this.rows.get(id)?.body ?? 'null')
}

const settled = async () => {
  for (let turn = 0; turn < 50; turn++) await null
}
let server: Server
let counter = 0
let id: string

beforeEach(() => {
  mock.timers.reset()
  mock.timers.enable({ apis: ['setTimeout'] })
  letAllGo()
  server = new Server()
  sendBy(server.receive)
  id = `row-${++counter}`
})

describe('keeping', () => {
  it('sends at once, and holds nothing once the server has it', async () => {
    save('check-ins', id, { mood: 3 })
    assert.equal(state.value, 'keeping')
    await settled()
    assert.deepEqual([server.has(id), state.value, anyUnsaved.value], [{ mood: 3 }, 'kept', false])
  })

  it('sends one at a time, and only the newest of what came meanwhile', async () => {
    for (const mood of [1, 2, 3, 4]) save('check-ins', id, { mood })
    await settled()
    assert.deepEqual(server.log, ['check-ins {"mood":1}', 'check-ins {"mood":4}'])
  })

  it('sends the session before its check-in', async () => {
    server.weather = ['down']
    save('sessions', `${id}-session`, {})
    save('check-ins', id, { mood: 1 })
    await settled()
    assert.deepEqual([server.log, state.value], [[], 'unreachable'])
    mock.timers.tick(2_000)
    await settled()
    assert.deepEqual(server.log, ['sessions {}', 'check-ins {"mood":1}'])
  })

  it('waits while words are typed, and sends them all the same', async () => {
    save('check-ins', id, { line: 'W' }, 900)
    save('check-ins', id, { line: 'Warm' }, 900)
    await settled()
    assert.deepEqual([server.log, state.value], [[], 'keeping'])
    mock.timers.tick(900)
    await settled()
    assert.deepEqual(server.log, ['check-ins {"line":"Warm"}'])
  })
})

describe('without a connection', () => {
  it('keeps every answer and sends after', async () => {
    server.weather = ['down', 'down']
    save('check-ins', id, { mood: 1 })
    await settled()
    save('check-ins', id, { mood: 1, peak: 2 })
    await settled()
    assert.deepEqual([server.rows.size, anyUnsaved.value], [0, true])
    mock.timers.tick(30_000)
    await settled()
    assert.deepEqual([server.has(id), state.value], [{ mood: 1, peak: 2 }, 'kept'])
  })

  it('replays what got no reply before anything newer, so nothing is taken for a conflict', async () => {
    server.weather = ['lost', 'lost']
    save('check-ins', id, { mood: 1 })
    await settled()
    save('check-ins', id, { mood: 1, peak: 2 })
    await settled()
    mock.timers.tick(30_000)
    await settled()
    mock.timers.tick(30_000)
    await settled()
    assert.deepEqual(
      [server.has(id), server.rows.get(id)?.revision, state.value],
      [{ mood: 1, peak: 2 }, 2, 'kept'],
    )
  })

  it('tries again after an error of the server: a store away, a full disk', async () => {
    for (const [mood, status] of [503, 507].entries()) {
      server.weather = [status]
      save('check-ins', id, { mood })
      await settled()
      assert.equal(state.value, 'unreachable')
      tryNow()
      await settled()
      assert.deepEqual([state.value, server.has(id)], ['kept', { mood }])
    }
  })
})

describe('signed out', () => {
  it('waits for the patient, with every answer', async () => {
    server.weather = [401]
    save('check-ins', id, { mood: 1 })
    await settled()
    save('check-ins', id, { mood: 1, peak: 2 })
    save('additions', `${id}-own`, {})
    mock.timers.tick(60_000)
    await settled()
    assert.deepEqual([state.value, server.log], ['signed-out', []])
    tryNow()
    await settled()
    assert.deepEqual([server.has(id), state.value], [{ mood: 1, peak: 2 }, 'kept'])
  })
})

describe('changed elsewhere', () => {
  beforeEach(async () => {
    server.rows.set(id, { body: '{"mood":9}', revision: 4 })
    knownAs('check-ins', id, '"3"')
    save('check-ins', id, { mood: 1 })
    await settled()
  })

  it('overwrites nothing and loses nothing', async () => {
    save('check-ins', id, { mood: 1, peak: 2 })
    await settled()
    assert.deepEqual(
      [state.value, server.has(id), waiting.value[0]?.body],
      ['changed', { mood: 9 }, { mood: 1, peak: 2 }],
    )
  })

  it('keeps mine when I say so', async () => {
    keepMine(waiting.value[0]!)
    await settled()
    assert.deepEqual([server.has(id), state.value], [{ mood: 1 }, 'kept'])
  })

  it('keeps the other when I say so, and later answers build on it', async () => {
    dropMine(waiting.value[0]!)
    assert.deepEqual([server.has(id), state.value], [{ mood: 9 }, 'kept'])
    save('check-ins', id, { mood: 9, peak: 2 })
    await settled()
    assert.deepEqual(server.has(id), { mood: 9, peak: 2 })
  })

  it('lets other rows through meanwhile', async () => {
    save('check-ins', `${id}-other`, { mood: 5 })
    await settled()
    assert.deepEqual(server.has(`${id}-other`), { mood: 5 })
  })
})

describe('refused', () => {
  it('is kept in memory until it is mended', async () => {
    server.weather = [422]
    save('check-ins', id, { mood: 1, phq8: [] })
    await settled()
    assert.deepEqual([state.value, anyUnsaved.value], ['refused', true])
    save('check-ins', id, { mood: 1 })
    await settled()
    assert.deepEqual([server.has(id), state.value], [{ mood: 1 }, 'kept'])
  })
})

describe('somebody else', () => {
  it('finds nothing of hers', async () => {
    server.weather = ['down']
    save('check-ins', id, { mood: 1 })
    await settled()
    letAllGo()
    mock.timers.tick(60_000)
    await settled()
    assert.deepEqual([server.rows.size, waiting.value], [0, []])
  })
})
