/** What to do with a check-in from a phone that the server does not take as it is. */
import { effect } from '@preact/signals'
import { type CheckInDraft, type Deposit, Problem, put, remove } from '../api/index.ts'
import { owner } from '../app/owner.ts'
import { go } from '../app/router.ts'
import { loadCatalogue } from '../catalogue/index.ts'
import { leaveOut } from '../checkins/draft.ts'
import { save, waiting } from '../checkins/keeping.ts'
import { open } from '../checkins/opening.ts'
import { underway } from '../checkins/underway.ts'
import { inJournal } from '../offline/index.ts'
import { fetchSessions } from '../sessions/data.ts'
import { fileNow } from './filing.ts'
import { placed } from './placing.ts'
import { additionsOf, type Mine, mineOf } from './version.ts'

const without = <T extends { id: string }>({ id, ...body }: T): Omit<T, 'id'> => body

/** As it is kept: without what only a phone needs, and on its session. */
async function draftOf({ check_in: { id, based_on, ...draft }, session }: Mine): Promise<CheckInDraft> {
  if (session) return draft
  const [sessions, catalogue] = await Promise.all([fetchSessions(), loadCatalogue()])
  return placed(draft, sessions.rows, catalogue.moments)
}

/** Loads it into the check-in as an unsaved draft. It is removed from what waits only when the server has all of it.
 * Answers whether there is such a check-in at all. */
export async function putRight(deposit: Deposit): Promise<boolean> {
  const mine = mineOf(deposit)!
  const { id } = mine.check_in
  const draft = await draftOf(mine)
  const { moment } = draft.ratings
  const session = mine.session ? undefined : draft.session_id
  const opened = await open({ moment, session, id }, false, draft).catch(notLikeThis)
  if (!opened) return false
  const named = additionsOf(deposit)
  for (const addition of named) save('additions', addition.id, without(addition))
  const visit = mine.session && { id: mine.session.id, told: true, body: without(mine.session) }
  if (visit) save('sessions', visit.id, visit.body)
  save('check-ins', id, draft)
  const own = [...opened.own, ...named.map((addition) => ({ ...addition, revision: 1 }))]
  underway.value = { ...opened, own, ...(visit && { visit }) }
  removeWhenKept(deposit.id, [id, ...(visit ? [visit.id] : [])])
  const query = new URLSearchParams({ ...(session && { session }), 'check-in': id })
  go(`/check-in/${moment}?${query}`)
  return true
}

/** A check-in that is not made like one stays where it is; no connection is another thing. */
function notLikeThis(failure: unknown): undefined {
  if (!(failure instanceof TypeError)) throw failure
}

/** Keeps all of it but some questionnaires. */
export async function keepWithout(deposit: Deposit, questionnaires: readonly string[]): Promise<void> {
  const mine = mineOf(deposit)!
  const draft = questionnaires.reduce(leaveOut, await draftOf(mine))
  for (const addition of additionsOf(deposit)) {
    const path = { row_id: addition.id }
    await put('/additions/{row_id}', { path, body: without(addition) }).catch(unlessThere)
  }
  if (mine.session) {
    const path = { row_id: mine.session.id }
    await put('/sessions/{row_id}', { path, body: without(mine.session) }).catch(unlessThere)
  }
  await put('/check-ins/{row_id}', { path: { row_id: mine.check_in.id }, body: draft })
  await remove('/deposits/{deposit_id}', { path: { deposit_id: deposit.id } })
}

/** What the journal has under this id it keeps. */
function unlessThere(failure: unknown): void {
  if (!(failure instanceof Problem && failure.status === 412)) throw failure
}

function removeWhenKept(deposit: string, rows: readonly string[]): void {
  const account = owner.peek()?.id
  const stop = effect(() => {
    if (waiting.value.some(({ id }) => rows.includes(id))) return
    // After a sign-out nothing waits either, and then nothing was kept: who is signed in changes in the same breath.
    queueMicrotask(() => {
      stop()
      if (owner.peek()?.id === account) forget(deposit).catch(() => {})
    })
  })
}

/** What could not be removed now is found again among what waits. */
async function forget(deposit: string): Promise<void> {
  try {
    await remove('/deposits/{deposit_id}', { path: { deposit_id: deposit }, asVisitor: true })
    await inJournal([deposit])
  } finally {
    fileNow()
  }
}
