/** Filing: what phones delivered is opened and put into the journal, as soon as somebody is signed in. */
import { signal } from '@preact/signals'
import { type Filing, get, Problem, post } from '../api/index.ts'
import { owner } from '../app/owner.ts'
import { inJournal, items } from '../offline/index.ts'

export interface Progress {
  /** What was filed since the sign-in, of all phones. */
  filed: Filing['filed']
  /** How many could not be filed, and wait for the person. */
  waiting: number
  /** It takes more than one call. */
  going: boolean
  /** The server refused, for a reason that is not a missing sign-in or connection. */
  failure?: Problem
}

const NOTHING: Progress = { filed: [], waiting: 0, going: false }
export const filing = signal<Progress>(NOTHING)

let running: Promise<void> | undefined
let after: Promise<void> | undefined

/** Files what is there. Asked again while it runs, it runs once more after. */
export function fileNow(): Promise<void> {
  if (running) {
    after ??= running.then(() => {
      after = undefined
      return fileNow()
    })
    return after
  }
  running = run().finally(() => {
    running = undefined
  })
  return running
}

async function run(): Promise<void> {
  const account = owner.peek()?.id
  if (!account || owner.peek()?.role !== 'patient') return
  const change = (changes: Partial<Progress>) => {
    if (owner.peek()?.id === account) filing.value = { ...filing.peek(), ...changes }
  }
  const delivered = items.peek().filter(({ state }) => state === 'delivered')
  try {
    let more = true
    while (more && owner.peek()?.id === account) {
      const { data } = await post('/deposits/filing', { body: {}, asVisitor: true })
      more = data.more && data.filed.length > 0
      change({
        filed: [...filing.peek().filed, ...data.filed],
        waiting: data.waiting,
        going: more,
        failure: undefined,
      })
      await inJournal(data.filed.map(({ id }) => id))
    }
    if (owner.peek()?.id === account) await settleElsewhere(delivered.map(({ id }) => id))
  } catch (failure) {
    const refused = failure instanceof Problem && failure.status !== 401
    change({ going: false, failure: refused ? failure : undefined })
  }
}

/** What this phone had delivered and neither waits nor was filed just now was filed or let go on another device. */
async function settleElsewhere(delivered: readonly string[]): Promise<void> {
  const left = new Set(items.peek().map(({ id }) => id))
  const unknown = delivered.filter((id) => left.has(id))
  if (!unknown.length) return
  const { data } = await get('/deposits', { asVisitor: true })
  const wait = new Set(data.items.map(({ id }) => id))
  await inJournal(unknown.filter((id) => !wait.has(id)))
}

/** Somebody signs in: what is said is of this sign-in alone. */
export function nothingFiled(): void {
  filing.value = NOTHING
}

/** After the person decided about some that waited. */
export function waitsFor(count: number): void {
  filing.value = { ...filing.peek(), waiting: count }
}
