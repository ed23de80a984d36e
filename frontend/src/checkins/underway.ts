/** The check-in that is being answered, in memory alone: a look at Help or an ended sign-in does not lose its place. */
import { effect, signal } from '@preact/signals'
import type { Addition, MomentId, SessionDraft } from '../api/index.ts'
import { owner } from '../app/owner.ts'
import type { ListId } from '../catalogue/types.ts'
import { hoursBetween, now } from '../elements/when.ts'
import { type CheckInDraft, isEmpty, revisedAt } from './draft.ts'
import type { Known } from './flow.ts'
import { save, TYPING_MS, unsent } from './keeping.ts'

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
  /** It was kept before this tab asked for it. */
  earlier: boolean
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
  if (account && now !== account) underway.value = undefined
  account = now
})

export const momentOf = ({ draft }: Underway): MomentId => draft.ratings.moment

/** Takes a changed check-in, and keeps it; after `typing`, when the words have come to rest. */
export function change(changed: CheckInDraft, { typing = false } = {}): void {
  const before = underway.peek()
  if (!before || changed === before.draft) return
  const draft = isRevision(before, changed) ? revisedAt(changed, now()) : changed
  const begun = before.begun || !isEmpty(draft) || draft.ratings.finished === true
  underway.value = { ...before, draft, begun, visit: begun ? tell(before.visit) : before.visit }
  if (begun) save('check-ins', before.id, draft, typing ? TYPING_MS : 0)
}

/** So long after its beginning what is added is not of the same sitting. */
const SITTING_HOURS = 0.5

/** Whether a change is one of what was written before, which says so by a time of its own. */
function isRevision({ draft, earlier }: Underway, changed: CheckInDraft): boolean {
  const { finished, written_at } = draft.ratings
  const later = earlier || finished === true || hoursBetween(written_at, now()) > SITTING_HOURS
  return later && JSON.stringify(changed) !== JSON.stringify(draft)
}

/** The row was changed by other means: it is read anew when it is next asked for. */
export function letGoOf(id: string): void {
  if (underway.peek()?.id === id && !unsent('check-ins', id)) underway.value = undefined
}

/** The session must be there before its first check-in. */
function tell(visit: Visit | undefined): Visit | undefined {
  if (!visit || visit.told) return visit
  save('sessions', visit.id, visit.body)
  return { ...visit, told: true }
}

/** Changes what is told of the session. One that nobody knows yet waits for its first answer, unless told `now`. */
export function changeVisit(body: SessionDraft, { now = false } = {}): void {
  const before = underway.peek()
  if (!before?.visit) return
  const visit = { ...before.visit, body }
  if (visit.told || now) save('sessions', visit.id, body)
  underway.value = { ...before, visit: { ...visit, told: visit.told || now } }
}

/** Puts a sensation of the patient's own on a list; answers the id it can be picked by. */
export function addOwn(list: ListId, label: string): string {
  const id = crypto.randomUUID()
  const body = { ratings: { list }, story: { label } }
  save('additions', id, body)
  const before = underway.peek()!
  underway.value = { ...before, own: [...before.own, { id, revision: 1, ...body }] }
  return `own.${id}`
}

/** Remembers where a step leads. */
export function rememberStep(step: number, key: string): void {
  const before = underway.peek()!
  underway.value = { ...before, trail: [...before.trail.slice(0, step), key] }
}
