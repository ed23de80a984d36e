/** Rows on their way to the server, one at a time and in order. Until the server has a row, it stands in `unsaved`.
 *
 * What was sent without an answer is sent again just as it was, before anything newer: the server knows a request sent
 * twice, so a reply that got lost does no harm. */
import { computed } from '@preact/signals'
import { Problem, put, Unreachable } from '../api/index.ts'
import { keep, letGo, unsaved, unsavedKeys } from '../unsaved/index.ts'

export type RowPath = 'sessions' | 'check-ins' | 'additions'
export type Trouble = 'unreachable' | 'signed-out' | 'refused' | 'changed'

export interface Row {
  path: RowPath
  id: string
  body: object
  /** Sent, and not answered yet. */
  sent?: { body: object; etag: string | undefined }
  trouble?: Trouble
  problem?: Problem
}

/** Sends a row; answers its ETag. */
export type Send = (row: Row, body: object, etag: string | undefined) => Promise<string | undefined>

const PREFIX = 'row '
const WORST: readonly Trouble[] = ['changed', 'refused', 'signed-out', 'unreachable']
const RETRY_MS = [2_000, 4_000, 8_000, 15_000, 30_000]
export const TYPING_MS = 900

const etags = new Map<string, string>()
let sending = false
let tries = 0
let timer: ReturnType<typeof setTimeout> | undefined

let send: Send = async ({ path, id }, body, ifMatch) => {
  const sent = { path: { row_id: id }, body: body as never, ifMatch }
  return (await put(`/${path}/{row_id}`, sent)).etag
}

/** Tests send to a server of their own. */
export function sendBy(other: Send): void {
  send = other
}

export const nameOf = (path: RowPath, id: string) => `${PREFIX}${path}/${id}`

/** Everything the server does not have yet, in the order it must arrive. */
export const waiting = computed<Row[]>(() =>
  unsavedKeys.value.filter((key) => key.startsWith(PREFIX)).map((key) => unsaved<Row>(key)!),
)

/** How it stands with all of them together. */
export const state = computed<Trouble | 'kept' | 'keeping'>(() => {
  const troubles = waiting.value.map((row) => row.trouble)
  return WORST.find((trouble) => troubles.includes(trouble)) ?? (troubles.length ? 'keeping' : 'kept')
})

/** The revision of a row that the server was last seen to have. */
export function knownAs(path: RowPath, id: string, etag: string | undefined): void {
  if (etag) etags.set(nameOf(path, id), etag)
}

/** Which revision that was. */
export function revisionOf(path: RowPath, id: string): number | undefined {
  const etag = etags.get(nameOf(path, id))
  return etag === undefined ? undefined : Number(etag.replace(/\D/g, ''))
}

export const isWaiting = (path: RowPath, id: string): boolean => unsaved(nameOf(path, id)) !== undefined

/** Somebody else sends these rows from now on. */
export function handOver(names: readonly string[]): void {
  for (const name of names) letGo(name)
}

/** What the server does not have yet of a row. */
export const unsent = (path: RowPath, id: string): object | undefined => unsaved<Row>(nameOf(path, id))?.body

/** Keeps the newest state of a row: in memory at once, on the server as soon as can be, or after `wait` ms. */
export function save(path: RowPath, id: string, body: object, wait = 0): void {
  const { trouble, ...before } = unsaved<Row>(nameOf(path, id)) ?? {}
  const waits = trouble === 'changed' || trouble === 'signed-out'
  keep(nameOf(path, id), { ...before, ...(waits && { trouble }), path, id, body } satisfies Row)
  sendAfter(wait)
}

/** Tries now, also what needed a sign-in. */
export function tryNow(): void {
  for (const row of waiting.peek()) if (row.trouble === 'signed-out') mark(row, { trouble: undefined })
  sendAfter(0)
}

/** The patient chose this version over the one that is stored. */
export function keepMine(row: Row): void {
  const name = nameOf(row.path, row.id)
  if (row.problem?.etag) etags.set(name, row.problem.etag)
  else etags.delete(name)
  mark(row, { trouble: undefined, problem: undefined, sent: undefined })
  sendAfter(0)
}

/** The patient chose the stored version, or lets an unsent one go. */
export function dropMine(row: Row): void {
  knownAs(row.path, row.id, row.problem?.etag)
  letGo(nameOf(row.path, row.id))
}

/** Sends what is waiting when the connection returns, the app is looked at again, or is about to be put away. */
export function watchConnection(target: Pick<Window, 'addEventListener'> = window): void {
  target.addEventListener('online', () => sendAfter(0))
  target.addEventListener('visibilitychange', () => sendAfter(0), true)
}

function sendAfter(wait: number): void {
  clearTimeout(timer)
  if (wait) timer = setTimeout(() => void sendAll(), wait)
  else void sendAll()
}

async function sendAll(): Promise<void> {
  clearTimeout(timer)
  if (sending) return
  sending = true
  try {
    let row = next()
    while (row && (await deliver(row))) row = next()
  } finally {
    sending = false
  }
}

/** After "not now" nobody is asked for a password again before they say so. */
const next = (): Row | undefined =>
  waiting.peek().some(({ trouble }) => trouble === 'signed-out')
    ? undefined
    : waiting.peek().find(({ trouble }) => !trouble || trouble === 'unreachable')

/** Whether to go on with the next. */
async function deliver(row: Row): Promise<boolean> {
  const name = nameOf(row.path, row.id)
  const sent = row.sent ?? { body: row.body, etag: etags.get(name) }
  mark(row, { sent })
  try {
    const etag = await send(row, sent.body, sent.etag)
    tries = 0
    knownAs(row.path, row.id, etag)
    const latest = unsaved<Row>(name)
    if (latest?.body === sent.body) letGo(name)
    else if (latest) mark(latest, { sent: undefined, trouble: undefined })
    return true
  } catch (failure) {
    return stumble(row, failure)
  }
}

function stumble(row: Row, failure: unknown): boolean {
  const problem = failure instanceof Problem ? failure : undefined
  if (failure instanceof Unreachable || (problem && (problem.status >= 500 || problem.status === 429))) {
    mark(row, { trouble: 'unreachable', problem })
    const wait = problem?.retryAfter
      ? problem.retryAfter * 1000
      : RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)]!
    timer = setTimeout(() => void sendAll(), wait)
    return false
  }
  if (!problem) throw failure
  const trouble = problem.is('sign-in-needed') ? 'signed-out' : problem.status === 412 ? 'changed' : 'refused'
  mark(row, { trouble, problem, sent: undefined })
  return trouble !== 'signed-out'
}

/** Changes what is said of a row, unless it was let go meanwhile. */
function mark({ path, id }: Row, change: Partial<Row>): void {
  const latest = unsaved<Row>(nameOf(path, id))
  if (latest) keep(nameOf(path, id), { ...latest, ...change })
}
