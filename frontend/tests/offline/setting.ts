/** What every test of the outbox begins with: a server, and Maya's phone kept as hers with nobody signed in. */
import { afterEach, beforeEach, mock } from 'node:test'
import { refresh, rows } from '../../src/offline/holdings.ts'
import { inJournal, items, keepSealed, pair, whoIsIn } from '../../src/offline/index.ts'
import { sendBy, sendSoon } from '../../src/offline/outbox.ts'
import { deviceOf, type Person, person, Server } from './phone.ts'

export const the = {} as { server: Server; maya: Person }
let clock = Date.parse('2026-11-25T20:10:00Z')

export const state = (id: string, mood: number) => ({ check_in: { id, ratings: { mood } } })
export const keep = (id: string, mood: number) => keepSealed(id, state(id, mood))

export async function paired(who: Person): Promise<void> {
  const { device, answer } = deviceOf(who)
  the.server.devices.push(device)
  await pair(answer)
}

/** Until nothing is being sent. Time stands still but for `later`. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    await sendSoon()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

export async function later(ms: number): Promise<void> {
  clock += ms
  mock.timers.tick(ms)
  await settled()
}

export const moods = async (id: string) =>
  (await the.server.filed()).get(id)?.map(({ check_in }) => check_in.ratings.mood)
export const states = () => items.value.map((item) => item.state).sort()

beforeEach(async () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: clock })
  the.server = new Server()
  sendBy(the.server.receive)
  the.maya = await person()
  await refresh()
  await paired(the.maya)
  await whoIsIn(null)
})

afterEach(async () => {
  await inJournal(rows.peek().map(({ id }) => id))
  mock.timers.reset()
  clock += 3_600_000
})
