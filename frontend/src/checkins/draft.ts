/** Changing a check-in, one answer at a time. Pure: every verb returns a new check-in. What is not answered is absent. */
import type { CheckInDraft, Detail, EmotionId, MomentId } from '../api/index.ts'
import type { DetailId, ListId } from '../catalogue/types.ts'

export type { CheckInDraft, Detail }

type Ratings = CheckInDraft['ratings']
type Instruments = NonNullable<Ratings['instruments']>

export interface Beginning {
  moment: MomentId
  sessionId?: string
  /** RFC 3339 with the offset of `zone`. */
  at: string
  zone: string
}

export function begin({ moment, sessionId, at, zone }: Beginning): CheckInDraft {
  const ratings = { moment, happened_at: at, time_zone: zone, written_at: at }
  return sessionId === undefined ? { ratings } : { session_id: sessionId, ratings }
}

/** The value of one answer; absent when there is none. */
export const answerTo = ({ ratings }: CheckInDraft, item: string): number | string | undefined =>
  ratings.answers?.[item] as number | string | undefined

/** Without a value the answer is taken back. */
export const answer = (draft: CheckInDraft, item: string, value: number | string | undefined): CheckInDraft =>
  rated(draft, 'answers', without(draft.ratings.answers, item, value))

/** What was picked from a list; a pick that stays keeps its details. `undefined`: the list is not answered. */
export function pick(draft: CheckInDraft, list: ListId, chosen: readonly string[] | undefined): CheckInDraft {
  const before = draft.ratings[list] ?? {}
  const picked = chosen?.length
    ? Object.fromEntries(chosen.map((term) => [term, before[term] ?? {}]))
    : undefined
  return rated(rated(draft, list, picked), 'none', lists(draft, list, false))
}

/** "Nothing special": the list is answered, with nothing. */
export const pickNothing = (draft: CheckInDraft, list: ListId): CheckInDraft =>
  rated(rated(draft, list, undefined), 'none', lists(draft, list, true))

export function detail(
  draft: CheckInDraft,
  list: ListId,
  term: string,
  id: DetailId,
  value: Detail[DetailId] | undefined,
): CheckInDraft {
  const absent = value === undefined || (Array.isArray(value) && value.length === 0)
  const changed = { ...draft.ratings[list]?.[term], [id]: value }
  if (absent) delete changed[id]
  return rated(draft, list, { ...draft.ratings[list], [term]: changed })
}

/** `[]` says that all are gone; `undefined` that it was not answered. */
export const stillHere = (draft: CheckInDraft, terms: readonly string[] | undefined): CheckInDraft =>
  rated(draft, 'still_here', terms && [...terms])

/** `[]` says none of these. */
export const emotions = (draft: CheckInDraft, words: readonly string[] | undefined): CheckInDraft =>
  rated(draft, 'emotions', words && ([...words] as EmotionId[]))

/** Words are kept to the character; only spaces are no words. */
export function say(draft: CheckInDraft, prompt: string, text: string): CheckInDraft {
  const texts = without(draft.story?.texts, prompt, text.trim() ? text : undefined)
  return storied(draft, texts)
}

/** One item of a questionnaire. The others stay open, as null, until they are answered. */
export function instrument(
  draft: CheckInDraft,
  id: string,
  of: number,
  index: number,
  value: number | undefined,
) {
  const before = draft.ratings.instruments?.[id]
  const answers = Array.from({ length: of }, (_, at) => before?.answers[at] ?? null)
  answers[index] = value ?? null
  const filled = answers.every((given) => given === null) ? undefined : { ...before, answers }
  return rated(draft, 'instruments', without<Instruments[string]>(draft.ratings.instruments, id, filled))
}

export function difficulty(draft: CheckInDraft, id: string, value: number | undefined): CheckInDraft {
  const before = draft.ratings.instruments?.[id]
  if (!before) return draft
  const changed = { ...before, difficulty: value }
  if (value === undefined) delete changed.difficulty
  return rated(draft, 'instruments', { ...draft.ratings.instruments, [id]: changed })
}

export const leaveOut = (draft: CheckInDraft, id: string): CheckInDraft =>
  rated(draft, 'instruments', without(draft.ratings.instruments, id, undefined))

/** The patient came to the end of it. */
export const finish = (draft: CheckInDraft): CheckInDraft => rated(draft, 'finished', true)

/** When it was last changed, for one that was written before. */
export const revisedAt = (draft: CheckInDraft, at: string): CheckInDraft => rated(draft, 'revised_at', at)

/** Whether anything at all was answered. */
export function isEmpty({ ratings, story }: CheckInDraft): boolean {
  const { moment, happened_at, time_zone, written_at, revised_at, reread_at, finished, ...answers } = ratings
  return Object.keys(answers).length === 0 && story === undefined
}

function lists(draft: CheckInDraft, list: ListId, nothing: boolean): ListId[] | undefined {
  const others = (draft.ratings.none ?? []).filter((other) => other !== list)
  const named = nothing ? [...others, list] : others
  return named.length ? named : undefined
}

function rated<K extends keyof Ratings>(
  draft: CheckInDraft,
  key: K,
  value: Ratings[K] | undefined,
): CheckInDraft {
  const ratings: Ratings = { ...draft.ratings, [key]: value }
  if (value === undefined) delete ratings[key]
  return { ...draft, ratings }
}

function storied(draft: CheckInDraft, texts: Record<string, string> | undefined): CheckInDraft {
  const { texts: _, ...rest } = draft.story ?? {}
  const story = texts ? { ...rest, texts } : rest
  const { story: __, ...bare } = draft
  return Object.keys(story).length ? { ...bare, story } : bare
}

/** A record with one member set or, without a value, taken out; nothing when none is left. */
function without<T>(record: Record<string, T> | undefined, key: string, value: T | undefined) {
  const { [key]: _, ...rest } = record ?? {}
  const changed = value === undefined ? rest : { ...rest, [key]: value }
  return Object.keys(changed).length ? (changed as Record<string, T>) : undefined
}
