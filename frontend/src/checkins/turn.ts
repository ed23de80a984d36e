import words from 'messages/checkin'
import { owner } from '../app/owner.ts'
import { spot, stepOn } from '../app/router.ts'
import type { Catalogue } from '../catalogue/types.ts'
import { type CheckInDraft, finish } from './draft.ts'
import { after, flow, type Question } from './flow.ts'
import { sealedFor } from './here.ts'
import { change, momentOf, rememberStep, type Underway } from './underway.ts'

/** Steps that are no question: the end, and stopping before it. */
export const END = 'end'
export const ENOUGH = 'enough'

/** One question being asked, and what its screen needs. */
export interface Turn<Q extends Question = Question> {
  catalogue: Catalogue
  current: Underway
  draft: CheckInDraft
  question: Q
  /** 22/28/36 px. */
  large: boolean
  /** Takes a changed check-in and asks the next question. */
  goOn: (draft?: CheckInDraft) => void
}

export function turnOf(catalogue: Catalogue, current: Underway, question: Question): Turn {
  const goOn = (draft: CheckInDraft = current.draft) => {
    const next = after(flow(catalogue, draft, current.known), question.key)
    change(next || !canFinish(current) ? draft : finish(draft))
    goTo(next?.key ?? END)
  }
  return { catalogue, current, draft: current.draft, question, large: momentOf(current) === 'landing', goOn }
}

/** A follow-up that was sealed without knowing what was said before can be gone on with after a sign-in. */
const canFinish = (current: Underway): boolean =>
  !sealedFor(current.id) || ['landing', 'before', 'anytime'].includes(momentOf(current))

/** Where a check-in is left for: only somebody signed in has a Today. */
export const homeOf = (current: Underway): string =>
  sealedFor(current.id) && !owner.peek() ? '/write' : '/today'

export function goTo(key: string): void {
  rememberStep(spot.peek() + 1, key)
  stepOn()
}

/** The question of the step the patient is at; one that is gone gives way to the one before it. */
export function questionAt(catalogue: Catalogue, { draft, known, trail }: Underway, step: number): Question {
  const { questions } = flow(catalogue, draft, known)
  for (const key of trail.slice(0, step + 1).reverse()) {
    const found = questions.find((question) => question.key === key)
    if (found) return found
  }
  return questions[0]!
}

export const isLast = ({ catalogue, draft, current, question }: Turn): boolean =>
  after(flow(catalogue, draft, current.known), question.key) === undefined

export const labelOf = (turn: Turn, term: string): string =>
  turn.catalogue.terms.find(({ id }) => id === term)?.label ??
  turn.current.own.find(({ id }) => `own.${id}` === term)?.story.label ??
  words.own

export const stop = (): void => goTo(ENOUGH)
