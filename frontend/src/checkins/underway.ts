/** The check-in that is being answered, in memory alone: a look at Help or an ended sign-in does not lose its place. */
import { effect, signal } from '@preact/signals'
import type { Addition, MomentId, SessionDraft } from '../api/index.ts'
import { owner } from '../app/owner.ts'
import type { ListId } from '../catalogue/types.ts'
import { type CheckInDraft, isEmpty } from './draft.ts'
import type { Known } from './flow.ts'
import { forgetSeal, mirrorHere, RESTS_MS, sealedFor, sealHere, UNSENT } from './here.ts'
import { type RowPath, save, TYPING_MS } from './keeping.ts'

/** The session the check-in belongs to, as far as this check-in may have to tell of it. */
export interface Visit {
  id: string
  body: SessionDraft
  /** The server has it, or it is on its way. */
  told: boolean
}

export interface Underway {
  id: string
  draft: CheckInDraft
  /** Something of it is kept, or on its way. */
  begun: boolean
  known: Known
  visit?: Visit
  own: readonly Addition[]
  /** The keys of the questions visited, by step. */
  trail: readonly string[]
}

export const underway = signal<Underway | undefined>(undefined)

let account: string | undefined
effect(() => {
  const now = owner.value?.id
  const held = underway.peek()
  const others = held && sealedFor(held.id)
  if (others ? now && now !== others : account && now !== account) {
    if (others) forgetSeal(held.id)
    underway.value = undefined
  }
  account = now
})

/** On its way to the server and sealed here beside it, or sealed only. */
function send(current: Underway, path: RowPath, id: string, body: object, wait = 0): void {
  if (sealedFor(current.id)) return
  save(path, id, body, wait)
}

/** What was sent is sealed too, once all of it is on its way. */
function seal(current: Underway, wait = 0): void {
  if (sealedFor(current.id)) sealHere(current, wait)
  else mirrorHere(current, owner.peek()?.id, wait)
}

export const momentOf = ({ draft }: Underway): MomentId => draft.ratings.moment

/** Takes a changed check-in, and keeps it; after `typing`, when the words have come to rest. */
export function change(draft: CheckInDraft, { typing = false } = {}): void {
  const before = underway.peek()
  if (!before || draft === before.draft) return
  const begun = before.begun || !isEmpty(draft) || draft.ratings.finished === true
  const now = { ...before, draft, begun, visit: begun ? tell(before) : before.visit }
  underway.value = now
  if (!begun) return
  send(now, 'check-ins', now.id, draft, typing ? TYPING_MS : 0)
  seal(now, typing ? RESTS_MS : 0)
}

/** The session must be there before its first check-in. */
function tell(current: Underway): Visit | undefined {
  const { visit } = current
  if (!visit || visit.told) return visit
  send(current, 'sessions', visit.id, visit.body)
  return { ...visit, told: true }
}

/** Changes what is told of the session. One that nobody knows yet waits for its first answer, unless told `now`. */
export function changeVisit(body: SessionDraft, { now = false } = {}): void {
  const before = underway.peek()
  if (!before?.visit) return
  const told = before.visit.told || now
  const current = { ...before, visit: { ...before.visit, body, told } }
  underway.value = current
  if (!told) return
  send(current, 'sessions', current.visit.id, body)
  if (current.begun) seal(current)
}

/** Puts a sensation of the patient's own on a list; answers the id it can be picked by. */
export function addOwn(list: ListId, label: string): string {
  const id = crypto.randomUUID()
  const body = { ratings: { list }, story: { label } }
  const before = underway.peek()!
  send(before, 'additions', id, body)
  underway.value = { ...before, own: [...before.own, { id, revision: UNSENT, ...body }] }
  return `own.${id}`
}

/** Remembers where a step leads. */
export function rememberStep(step: number, key: string): void {
  const before = underway.peek()!
  underway.value = { ...before, trail: [...before.trail.slice(0, step), key] }
}
