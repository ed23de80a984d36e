import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { deviceOf, type Person, person, Server, type Weather } from './phone.ts'

const {
  handedIn,
  heldFor,
  inJournal,
  items,
  keepSealed,
  pair,
  pairing,
  sendNow,
  storageLost,
  unpair,
  whoIsIn,
} = await import('../../src/offline/index.ts')
const { dropMirror } = await import('../../src/offline/keeping.ts')
const { hasEnded, sendBy, sendSoon } = await import('../../src/offline/outbox.ts')
const { refresh, rows, sealedHere } = await import('../../src/offline/holdings.ts')
const { within } = await import('../../src/offline/store.ts')

let server: Server
let maya: Person
let clock = Date.parse('2026-11-25T20:10:00Z')

const state = (id: string, mood: number) => ({ check_in: { id, ratings: { mood } } })
const keep = (id: string, mood: number) => keepSealed(id, state(id, mood))

async function paired(who: Person): Promise<string> {
  const { device, answer } = deviceOf(who)
  server.devices.push(device)
  await pair(answer)
  return device.id
}

/** Until nothing is being sent. Time stands still but for `tick`. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    await sendSoon()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function later(ms: number): Promise<void> {
  clock += ms
  mock.timers.tick(ms)
  await settled()
}

const moods = async (id: string) =>
  (await server.filed()).get(id)?.map(({ check_in }) => check_in.ratings.mood)
const states = () => items.value.map((item) => item.state).sort()

/** As if the browser had cleared everything. */
async function wipe(): Promise<void> {
  await within('readwrite', async (at) => {
    for (const row of await at.pairings.all()) await at.pairings.drop(row.account)
    for (const row of await at.items.all()) await Promise.all([at.items.drop(row.id), at.seals.drop(row.id)])
    await at.state.drop('now')
  })
}

beforeEach(async () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: clock })
  server = new Server()
  sendBy(server.receive)
  maya = await person()
  await refresh()
  await paired(maya)
  await whoIsIn(null)
})

afterEach(async () => {
  await inJournal(rows.peek().map(({ id }) => id))
  mock.timers.reset()
  clock += 3_600_000
})

describe('a check-in sealed on the phone', () => {
  it('is sent at once, and its bytes go when the server has it', async () => {
    const id = randomUUID()
    await keep(id, 3)
    await settled()
    assert.deepEqual([await moods(id), states(), sealedHere.size], [[3], ['delivered'], 0])
    assert.deepEqual(await within('readonly', ({ seals }) => seals.all()), [])
  })

  it('is one seal for as long as nothing was sent, under a name of its own each time', async () => {
    const id = randomUUID()
    await keep(id, 1)
    await settled()
    const first = rows.peek()[0]!.id
    await keep(id, 2)
    const second = rows.peek()[0]!
    await keep(id, 3)
    const third = rows.peek()[0]!
    assert.deepEqual([rows.peek().length, second.earlier, third.earlier], [1, [first], [first]])
    assert.notEqual(second.id, third.id)
    assert.equal((await within('readonly', ({ seals }) => seals.all())).length, 1)
  })

  it('names what may have been sent before, so that only the newest counts', async () => {
    const id = randomUUID()
    for (const [mood, weather] of [
      [1, 'lost reply'],
      [2, 'lost request'],
      [3, 'fine'],
      [4, 'fine'],
    ] as const) {
      server.weather = () => weather
      await keep(id, mood)
      await later(60_000)
    }
    hasEnded(id)
    await settled()
    assert.deepEqual(await moods(id), [4])
    assert.deepEqual(states(), ['delivered'])
  })

  it('goes on after it was filed, and says what it goes on from', async () => {
    const id = randomUUID()
    await keep(id, 1)
    await settled()
    await inJournal(items.value.map((item) => item.id))
    assert.deepEqual(states(), [])
    await keep(id, 2)
    await later(60_000)
    assert.deepEqual(await moods(id), [2])
  })

  it('is not sent at every tap, one request at a time, and at once when it ends', async () => {
    const id = randomUUID()
    for (let mood = 0; mood < 10; mood++) {
      await keep(id, mood)
      await settled()
      await later(200)
    }
    assert.deepEqual([server.asked.length, server.most], [1, 1])
    hasEnded(id)
    await settled()
    assert.deepEqual([server.asked.length, await moods(id)], [2, [9]])
  })
})

describe('the way to the server', () => {
  it('is tried again at least every ten seconds', async () => {
    server.weather = () => 'lost request'
    const id = randomUUID()
    await keep(id, 5)
    for (let second = 0; second < 120; second++) await later(1_000)
    server.weather = () => 'fine'
    const before = server.asked.length
    for (let second = 0; second < 10; second++) await later(1_000)
    assert.deepEqual([before >= 12, await moods(id)], [true, [5]])
  })

  it('waits as long as the server asks', async () => {
    server.weather = () => 429
    server.wait = 60
    const id = randomUUID()
    await keep(id, 5)
    await settled()
    server.weather = () => 'fine'
    await later(50_000)
    sendNow()
    await settled()
    assert.equal(server.asked.length, 1)
    await later(11_000)
    assert.deepEqual(await moods(id), [5])
  })

  it('keeps and says what the server does not take', async () => {
    for (const [status, trouble] of [
      [409, 'refused'],
      [413, 'refused'],
      [422, 'refused'],
      [507, 'full'],
    ] as const) {
      server.weather = () => status
      const id = randomUUID()
      await keep(id, 5)
      await settled()
      const [item] = items.value.filter(({ checkIn }) => checkIn === id)
      assert.deepEqual([item?.state, item?.trouble], ['here', trouble])
      await inJournal([item!.id])
    }
  })

  it('is closed for a phone that was dropped; what it holds stays for its owner', async () => {
    const device = pairing.value!.device
    server.devices.length = 0
    const id = randomUUID()
    await keep(id, 7)
    await settled()
    assert.deepEqual([states(), pairing.value?.dropped], [['dropped'], true])
    const [held] = await heldFor(maya.account)
    assert.deepEqual([held?.id, held?.device], [items.value[0]!.id, device])
    await handedIn([held!.id])
    assert.deepEqual([states(), await heldFor(maya.account)], [['delivered'], []])
  })

  it('loses none of a thousand, and doubles none, whatever the weather', async () => {
    const dice = seeded(7)
    const again: (() => void)[] = []
    server.weather = (): Weather => {
      const throwOf = dice()
      return throwOf < 0.3 ? 'lost request' : throwOf < 0.51 ? 'lost reply' : 'fine'
    }
    const send = server.receive
    sendBy(async (item, token, bytes) => {
      if (dice() < 0.2) again.push(() => server.take(item.id, token, bytes))
      // Copies that went astray arrive in any order, long after.
      while (again.length > 20) again.splice(Math.floor(dice() * again.length), 1)[0]!()
      return send(item, token, bytes)
    })
    const told = new Map<string, number>()
    for (let count = 0; count < 1000; count++) {
      const id = randomUUID()
      for (let turn = 0; turn <= count % 3; turn++) {
        told.set(id, Math.floor(dice() * 11))
        await keep(id, told.get(id)!)
      }
      hasEnded(id)
    }
    for (let turn = 0; turn < 5_000 && states().includes('here'); turn++) {
      sendNow()
      await sendSoon()
    }
    for (const copy of again) copy()
    const filed = await server.filed()
    assert.equal(filed.size, 1000)
    for (const [id, mood] of told)
      assert.deepEqual(
        filed.get(id)?.map((each) => each.check_in.ratings.mood),
        [mood],
      )
  })
})

describe('two people and one phone', () => {
  it('never shows or sends the items of one to the sign-in of the other', async () => {
    server.weather = () => 'lost request'
    const [hers, his] = [randomUUID(), randomUUID()]
    await keep(hers, 1)
    await settled()
    const noor = await person()
    await paired(noor)
    await whoIsIn(noor.account)
    server.weather = () => 'fine'
    await later(60_000)
    assert.deepEqual([items.value.length, server.kept.size], [0, 0])
    await keep(his, 2)
    await whoIsIn(null)
    await later(60_000)
    assert.deepEqual([await moods(his), await moods(hers), items.value.length], [[2], undefined, 1])
    await whoIsIn(maya.account)
    await later(60_000)
    assert.deepEqual([await moods(hers), items.value.map(({ checkIn }) => checkIn)], [[1], [hers]])
  })

  it('finishes the sealing of one while the other signs in, for the one', async () => {
    server.weather = () => 'lost request'
    const id = randomUUID()
    const noor = await person()
    await paired(noor)
    await whoIsIn(noor.account)
    await keepSealed(id, state(id, 1), { account: maya.account })
    assert.deepEqual([items.value.length, rows.peek().map(({ account }) => account)], [0, [maya.account]])
  })

  it('seals nothing for somebody who is signed in and has not kept this phone', async () => {
    await whoIsIn(randomUUID())
    await assert.rejects(keep(randomUUID(), 1))
    assert.equal(items.value.length, 0)
  })

  it('keeps what an earlier pairing sealed for its owner', async () => {
    server.weather = () => 'lost request'
    await keep(randomUUID(), 1)
    await unpair(maya.account)
    assert.equal((await heldFor(maya.account)).length, 1)
    assert.equal(pairing.value, null)
  })
})

describe('a store that was cleared under an open page', () => {
  it('is filled again with what the page knows; what is gone is counted', async () => {
    server.weather = () => 'lost request'
    const [earlier, now] = [randomUUID(), randomUUID()]
    await keep(earlier, 1)
    await keep(now, 2)
    await settled()
    // Of an earlier tab: this one never had its bytes.
    sealedHere.delete(rows.peek().find(({ checkIn }) => checkIn === earlier)!.id)
    await wipe()
    await keep(now, 3)
    assert.equal(storageLost.value, 1)
    server.weather = () => 'fine'
    sendNow()
    await settled()
    assert.deepEqual(
      [await moods(now), await moods(earlier), pairing.value?.account],
      [[3], undefined, maya.account],
    )
  })
})

describe('a mirror of what the page sends by itself', () => {
  it('is no deposit while the page lives, and goes when the server has it', async () => {
    const id = randomUUID()
    await keepSealed(id, state(id, 1), { mirror: true })
    await settled()
    assert.deepEqual([server.kept.size, items.value.length, rows.peek().length], [0, 0, 1])
    await dropMirror(id)
    assert.equal(rows.peek().length, 0)
  })

  it('becomes one when the sign-in has ended', async () => {
    const id = randomUUID()
    await keepSealed(id, state(id, 1), { mirror: true })
    await keep(id, 2)
    await settled()
    assert.deepEqual([await moods(id), states()], [[2], ['delivered']])
  })
})

/** Mulberry32: the same throws every time. */
function seeded(seed: number): () => number {
  let at = seed
  return () => {
    at = (at + 0x6d2b79f5) | 0
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
