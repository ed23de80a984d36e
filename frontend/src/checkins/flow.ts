/** The questions of a check-in, in order, from the catalogue's screens and the answers so far. Pure.
 *
 * A stage is one screen of the catalogue; a question is what the patient sees at once. The grids that follow from a pick
 * belong to the stage of the pick, so the landing check-in has seven stages whatever is picked. */
import type { Catalogue, DetailId, Item, ListId, Moment, MomentScreen, OnlyIf } from '../catalogue/types.ts'
import { answerTo, type CheckInDraft } from './draft.ts'

export type Question = { key: string; stage: number } & (
  | { kind: 'start' | 'emotions' | 'facts' | 'visit' }
  | { kind: 'item'; item: Item }
  | { kind: 'picks'; list: ListId; carried: string[] }
  | { kind: 'detail'; list: ListId; term: string; details: DetailId[] }
  | { kind: 'still_here'; terms: string[]; lasting: string[] }
  | { kind: 'words'; prompts: string[] }
  | { kind: 'instrument'; id: string; index: number }
  | { kind: 'difficulty'; id: string }
)
type Bare = Question extends infer Q ? (Q extends Question ? Omit<Q, 'stage'> : never) : never

/** What is known from outside this check-in. */
export interface Known {
  /** The other check-ins of the same session. */
  others: readonly CheckInDraft[]
  /** Which questionnaires are due. */
  due: Readonly<Record<string, boolean>>
  /** Prompts that are asked once and have been answered before. */
  said: ReadonlySet<string>
  /** Facts of the session that are still open: `visit` before it (when, route, place), `facts` after it (readings). */
  open?: 'visit' | 'facts'
}

export const NOTHING_KNOWN: Known = { others: [], due: {}, said: new Set() }

export interface Flow {
  questions: Question[]
  stages: number
}

export function flow(catalogue: Catalogue, draft: CheckInDraft, known: Known): Flow {
  const moment = catalogue.moments.find((each) => each.id === draft.ratings.moment)!
  const asked = { catalogue, moment, draft, known }
  const screens = moment.screens.map((screen) => questionsOf(screen, asked))
  if (known.open === 'visit') screens.unshift([{ kind: 'visit', key: 'visit' }])
  if (known.open === 'facts') screens.push([{ kind: 'facts', key: 'facts' }])
  const stages = screens.filter((questions) => questions.length)
  const questions = stages.flatMap((stage, at) =>
    stage.map((bare) => ({ ...bare, stage: at + 1 }) as Question),
  )
  return { questions, stages: stages.length }
}

interface Asked {
  catalogue: Catalogue
  moment: Moment
  draft: CheckInDraft
  known: Known
}

function questionsOf(screen: MomentScreen, asked: Asked): Bare[] {
  const words = wordsOf(screen, asked)
  switch (screen.kind) {
    case 'start':
      return [{ kind: 'start', key: 'start' }]
    case 'items':
      return [...itemsOf(screen, asked), ...words]
    case 'noticed':
    case 'bothered':
      return picksOf(screen, screen.kind, asked)
    case 'details':
      return LISTS.flatMap((list) => detailsOf(list, screen.details ?? [], asked))
    case 'emotions':
      return [
        { kind: 'emotions', key: 'emotions' },
        ...(asked.draft.ratings.emotions?.length ? itemsOf(screen, asked) : []),
      ]
    case 'still_here':
      return [...stillHereOf(asked), ...words]
    case 'instruments':
      return instrumentsOf(asked)
    default:
      return words
  }
}

const LISTS: readonly ListId[] = ['noticed', 'bothered']

function itemsOf(screen: MomentScreen, asked: Asked): Bare[] {
  const items = (screen.items ?? []).map((id) => asked.catalogue.items.find((item) => item.id === id)!)
  return items
    .filter((item) => applies(item.only_if, asked))
    .map((item) => ({ kind: 'item', key: item.id, item }))
}

function wordsOf(screen: MomentScreen, asked: Asked): Bare[] {
  const prompts = (screen.prompts ?? []).filter((id) => {
    const prompt = asked.catalogue.prompts.find((each) => each.id === id)!
    const saidHere = asked.draft.story?.texts?.[id] !== undefined
    return applies(prompt.only_if, asked) && (saidHere || !prompt.once || !asked.known.said.has(id))
  })
  return prompts.length ? [{ kind: 'words', key: prompts[0]!, prompts }] : []
}

/** An answer that is not known rules nothing out; words that were never written do. */
function applies(condition: OnlyIf | undefined, { draft, known }: Asked): boolean {
  if (!condition) return true
  const told = [draft, ...known.others]
  if (condition.prompt) return told.some((each) => each.story?.texts?.[condition.prompt!] !== undefined)
  const given = told.map((each) => answerTo(each, condition.item!)).find((value) => value !== undefined)
  return given === undefined || condition.any_of!.includes(given)
}

function picksOf(screen: MomentScreen, list: ListId, asked: Asked): Bare[] {
  const carried = screen.carried
    ? asked.known.others.flatMap((each) => Object.keys(each.ratings[list] ?? {}))
    : []
  const picks: Bare = { kind: 'picks', key: list, list, carried: [...new Set(carried)] }
  return [picks, ...detailsOf(list, screen.details ?? [], asked)]
}

/** For each pick what can be said of it and has not been said in an earlier check-in. */
function detailsOf(list: ListId, wanted: readonly DetailId[], { catalogue, draft, known }: Asked): Bare[] {
  return Object.keys(draft.ratings[list] ?? {}).flatMap((term) => {
    const allowed = catalogue.terms.find((each) => each.id === term)?.details ?? catalogue.own_terms[list]
    const said = known.others.map((other) => other.ratings[list]?.[term])
    const open = wanted.filter((id) => allowed.includes(id) && !said.some((each) => each?.[id] !== undefined))
    return open.length
      ? [{ kind: 'detail' as const, key: `${list} ${term} ${open[0]}`, list, term, details: open }]
      : []
  })
}

/** Everything picked in this session that is not known to have passed. `lasting`: said just now to be still here. */
function stillHereOf({ draft, known }: Asked): Bare[] {
  const told = [...known.others].sort(
    (a, b) => Date.parse(a.ratings.happened_at) - Date.parse(b.ratings.happened_at),
  )
  const gone = new Map<string, boolean>()
  for (const { ratings } of told) {
    take(ratings, gone)
    if (ratings.still_here) for (const term of gone.keys()) gone.set(term, !ratings.still_here.includes(term))
  }
  take(draft.ratings, gone)
  const terms = [...gone.keys()].filter((term) => !gone.get(term))
  const lasting = terms.filter((term) =>
    LISTS.some((list) => draft.ratings[list]?.[term]?.passed === 'still_here'),
  )
  return terms.length ? [{ kind: 'still_here', key: 'still_here', terms, lasting }] : []
}

function take(ratings: CheckInDraft['ratings'], gone: Map<string, boolean>): void {
  for (const [term, { passed }] of LISTS.flatMap((list) => Object.entries(ratings[list] ?? {}))) {
    if (passed) gone.set(term, passed !== 'still_here')
    else if (!gone.has(term)) gone.set(term, false)
  }
}

/** Those that are due, or begun in this very check-in. */
function instrumentsOf({ catalogue, draft, known }: Asked): Bare[] {
  const begun = draft.ratings.instruments ?? {}
  return catalogue.instruments
    .filter(({ id }) => known.due[id] || begun[id])
    .flatMap(({ id, items, difficulty }) => {
      const each: Bare[] = items.map((_, index) => ({ kind: 'instrument', key: `${id} ${index}`, id, index }))
      const troubled = begun[id]?.answers.some((value) => value)
      return difficulty && troubled
        ? [...each, { kind: 'difficulty' as const, key: `${id} difficulty`, id }]
        : each
    })
}

/** Whether a question has an answer. Words count when any of them is there. */
export function isAnswered(question: Question, { ratings, story }: CheckInDraft): boolean {
  switch (question.kind) {
    case 'item':
      return ratings.answers?.[question.item.id] !== undefined
    case 'picks':
      return ratings[question.list] !== undefined || (ratings.none ?? []).includes(question.list)
    case 'detail':
      return question.details.some((id) => ratings[question.list]?.[question.term]?.[id] !== undefined)
    case 'emotions':
      return ratings.emotions !== undefined
    case 'still_here':
      return ratings.still_here !== undefined
    case 'words':
      return question.prompts.some((id) => story?.texts?.[id] !== undefined)
    case 'instrument':
      return typeof ratings.instruments?.[question.id]?.answers[question.index] === 'number'
    case 'difficulty':
      return ratings.instruments?.[question.id]?.difficulty !== undefined
    default:
      return false
  }
}

/** Where to go on with a partial check-in: after the last answer. What was skipped before it stays skipped. */
export function goOnAt({ questions }: Flow, draft: CheckInDraft): string {
  const last = questions.findLastIndex((question) => isAnswered(question, draft))
  const next = questions[last + 1] ?? questions[last]
  return (next ?? questions[0]!).key
}

/** The question after one; nothing after the last. */
export function after({ questions }: Flow, key: string): Question | undefined {
  return questions[questions.findIndex((question) => question.key === key) + 1]
}

/** How far along a question is, in stages: 3.5 is halfway through the third. */
export function progress({ questions }: Flow, question: Question): number {
  const mates = questions.filter((each) => each.stage === question.stage)
  return question.stage - 1 + (mates.findIndex((each) => each.key === question.key) + 1) / mates.length
}
