import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { rows, sealedHere } from '../../src/offline/holdings.ts'
import { handedIn, heldFor, inJournal, items, pairing, sendNow } from '../../src/offline/index.ts'
import { hasEnded, sendBy, sendSoon } from '../../src/offline/outbox.ts'
import { within } from '../../src/offline/store.ts'
import type { Weather } from './phone.ts'
import { keep, later, moods, settled, states, the } from './setting.ts'

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
      the.server.weather = () => weather
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
    assert.deepEqual([the.server.asked.length, the.server.most], [1, 1])
    hasEnded(id)
    await settled()
    assert.deepEqual([the.server.asked.length, await moods(id)], [2, [9]])
  })
})

describe('the way to the server', () => {
  it('is tried again at least every ten seconds', async () => {
    the.server.weather = () => 'lost request'
    const id = randomUUID()
    await keep(id, 5)
    for (let second = 0; second < 120; second++) await later(1_000)
    the.server.weather = () => 'fine'
    const before = the.server.asked.length
    for (let second = 0; second < 10; second++) await later(1_000)
    assert.deepEqual([before >= 12, await moods(id)], [true, [5]])
  })

  it('waits as long as the server asks', async () => {
    the.server.weather = () => 429
    the.server.wait = 60
    const id = randomUUID()
    await keep(id, 5)
    await settled()
    the.server.weather = () => 'fine'
    await later(50_000)
    sendNow()
    await settled()
    assert.equal(the.server.asked.length, 1)
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
      the.server.weather = () => status
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
    the.server.devices.length = 0
    const id = randomUUID()
    await keep(id, 7)
    await settled()
    assert.deepEqual([states(), pairing.value?.dropped], [['dropped'], true])
    const [held] = await heldFor(the.maya.account)
    assert.deepEqual([held?.id, held?.device], [items.value[0]!.id, device])
    await handedIn([held!.id])
    assert.deepEqual([states(), await heldFor(the.maya.account)], [['delivered'], []])
  })

  it('loses none of a thousand, and doubles none, whatever the weather', async () => {
    const dice = seeded(7)
    const again: (() => void)[] = []
    the.server.weather = (): Weather => {
      const throwOf = dice()
      return throwOf < 0.3 ? 'lost request' : throwOf < 0.51 ? 'lost reply' : 'fine'
    }
    const send = the.server.receive
    sendBy(async (item, token, bytes) => {
      if (dice() < 0.2) again.push(() => the.server.take(item.id, token, bytes))
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
    const filed = await the.server.filed()
    assert.equal(filed.size, 1000)
    for (const [id, mood] of told)
      assert.deepEqual(
        filed.get(id)?.map((each) => each.check_in.ratings.mood),
        [mood],
      )
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
