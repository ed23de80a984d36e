/** A check-in from a phone that the server does not take as it is goes on as an unsaved draft. */
import { effect } from '@preact/signals'
import { remove } from '../api/index.ts'
import { owner } from '../app/owner.ts'
import { go } from '../app/router.ts'
import { loadCatalogue } from '../catalogue/index.ts'
import { save, waiting } from '../checkins/keeping.ts'
import { open } from '../checkins/opening.ts'
import { underway } from '../checkins/underway.ts'
import { inJournal } from '../offline/index.ts'
import { fetchSessions } from '../sessions/data.ts'
import { fileNow } from './filing.ts'
import { placed } from './placing.ts'
import type { Mine } from './version.ts'

/** Loads it into the check-in. It is removed from what waits only when the server has all of it. Answers whether there
 * is such a check-in at all. */
export async function putRight(deposit: string, mine: Mine): Promise<boolean> {
  const { id, based_on: _, ...given } = mine.check_in
  const draft = mine.session
    ? given
    : placed(given, (await fetchSessions()).rows, (await loadCatalogue()).moments)
  const { moment } = draft.ratings
  const session = mine.session ? undefined : draft.session_id
  const opened = await open({ moment, session, id }, false, draft).catch(notLikeThis)
  if (!opened) return false
  const visit = mine.session && { id: mine.session.id, told: true, body: bodyOf(mine.session) }
  if (visit) save('sessions', visit.id, visit.body)
  save('check-ins', id, draft)
  underway.value = visit ? { ...opened, visit } : opened
  removeWhenKept(deposit, [id, ...(visit ? [visit.id] : [])])
  const query = new URLSearchParams({ ...(session && { session }), 'check-in': id })
  go(`/check-in/${moment}?${query}`)
  return true
}

/** A check-in that is not made like one stays where it is; no connection is another thing. */
function notLikeThis(failure: unknown): undefined {
  if (!(failure instanceof TypeError)) throw failure
}

function bodyOf({ id, ...body }: NonNullable<Mine['session']>) {
  return body
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
