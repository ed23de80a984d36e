import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { rows, sealedHere } from '../../src/offline/holdings.ts'
import {
  dropMirror,
  heldFor,
  items,
  keepSealed,
  pairing,
  sendNow,
  storageLost,
  unpair,
  whoIsIn,
} from '../../src/offline/index.ts'
import { within } from '../../src/offline/store.ts'
import { person } from './phone.ts'
import { keep, later, moods, paired, settled, state, states, the } from './setting.ts'

/** As if the browser had cleared everything. */
async function wipe(): Promise<void> {
  await within('readwrite', async (at) => {
    for (const row of await at.pairings.all()) await at.pairings.drop(row.account)
    for (const row of await at.items.all()) await Promise.all([at.items.drop(row.id), at.seals.drop(row.id)])
    await at.state.drop('now')
  })
}

describe('two people and one phone', () => {
  it('never shows or sends the items of one to the sign-in of the other', async () => {
    the.server.weather = () => 'lost request'
    const [hers, his] = [randomUUID(), randomUUID()]
    await keep(hers, 1)
    await settled()
    const noor = await person()
    await paired(noor)
    await whoIsIn(noor.account)
    the.server.weather = () => 'fine'
    await later(60_000)
    assert.deepEqual([items.value.length, the.server.kept.size], [0, 0])
    await keep(his, 2)
    await whoIsIn(null)
    await later(60_000)
    assert.deepEqual([await moods(his), await moods(hers), items.value.length], [[2], undefined, 1])
    await whoIsIn(the.maya.account)
    await later(60_000)
    assert.deepEqual([await moods(hers), items.value.map(({ checkIn }) => checkIn)], [[1], [hers]])
  })

  it('finishes the sealing of one while the other signs in, for the one', async () => {
    the.server.weather = () => 'lost request'
    const id = randomUUID()
    const noor = await person()
    await paired(noor)
    await whoIsIn(noor.account)
    await keepSealed(id, state(id, 1), { account: the.maya.account })
    assert.deepEqual([items.value.length, rows.peek().map(({ account }) => account)], [0, [the.maya.account]])
  })

  it('seals nothing for somebody who is signed in and has not kept this phone', async () => {
    await whoIsIn(randomUUID())
    await assert.rejects(keep(randomUUID(), 1))
    assert.equal(items.value.length, 0)
  })

  it('keeps what an earlier pairing sealed for its owner', async () => {
    the.server.weather = () => 'lost request'
    await keep(randomUUID(), 1)
    await unpair(the.maya.account)
    assert.equal((await heldFor(the.maya.account)).length, 1)
    assert.equal(pairing.value, null)
  })
})

describe('a store that was cleared under an open page', () => {
  it('is filled again with what the page knows; what is gone is counted', async () => {
    the.server.weather = () => 'lost request'
    const [earlier, now] = [randomUUID(), randomUUID()]
    await keep(earlier, 1)
    await keep(now, 2)
    await settled()
    // Of an earlier tab: this one never had its bytes.
    sealedHere.delete(rows.peek().find(({ checkIn }) => checkIn === earlier)!.id)
    await wipe()
    await keep(now, 3)
    assert.equal(storageLost.value, 1)
    the.server.weather = () => 'fine'
    sendNow()
    await settled()
    assert.deepEqual(
      [await moods(now), await moods(earlier), pairing.value?.account],
      [[3], undefined, the.maya.account],
    )
  })
})

describe('a mirror of what the page sends by itself', () => {
  it('is no deposit while the page lives, and goes when the server has it', async () => {
    const id = randomUUID()
    await keepSealed(id, state(id, 1), { mirror: true })
    await settled()
    assert.deepEqual([the.server.kept.size, items.value.length, rows.peek().length], [0, 0, 1])
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
