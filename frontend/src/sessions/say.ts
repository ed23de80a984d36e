/** What was kept, in words: every answer of a check-in and every fact of a session as a line. Pure. */
import type { CheckInDraft, Detail, SessionDraft } from '../api/index.ts'
import type { Lexicon } from '../catalogue/lexicon.ts'
import type { Fact, Instrument, ListId } from '../catalogue/types.ts'
import { dayAndTime, hoursBetween } from '../elements/when.ts'
import { fill, plural } from '../text.ts'

export interface Line {
  /** Stands for the same answer in every version of a row. */
  key: string
  label: string
  text: string
  /** The heading it stands under, such as the list it was picked from. */
  under?: string
  /** Words of the patient's own. */
  own?: true
}

/** The part of the message file this needs. */
export type Words = typeof import('../../../journal/content/messages/en.json')['app']['sessions']

type Ratings = CheckInDraft['ratings']
type Given = number | string
const LISTS: readonly ListId[] = ['noticed', 'bothered']

/** Every answer of a check-in, in the order of the catalogue. */
export function answersOf({ ratings, story }: CheckInDraft, lexicon: Lexicon, words: Words): Line[] {
  return [
    ...itemsOf(ratings, lexicon, words),
    ...wordListOf('emotions', ratings.emotions, lexicon, (id) => named(lexicon.catalogue.emotions, id)),
    ...wordListOf('still_here', ratings.still_here, lexicon, (id) => lexicon.label(id)),
    ...LISTS.flatMap((list) => picksOf(ratings, list, lexicon, words)),
    ...questionnairesOf(ratings, lexicon, words),
    ...textsOf(story?.texts, lexicon),
  ]
}

function itemsOf({ answers = {} }: Ratings, lexicon: Lexicon, words: Words): Line[] {
  return lexicon.catalogue.items
    .filter(({ id }) => answers[id] !== undefined)
    .map(({ id, label, kind, options }) => ({
      key: id,
      label,
      text: answerText(kind, answers[id] as Given) ?? named(options, answers[id] as Given),
    }))

  function answerText(kind: string, value: Given): string | undefined {
    if (kind === 'rating') return fill(words.say.rating, { value, of: lexicon.catalogue.scales.rating.max })
    if (kind === 'passed') return lexicon.passed(String(value))
    if (kind === 'yes_no') return named(lexicon.catalogue.yes_no, value)
    return undefined
  }
}

function picksOf(ratings: Ratings, list: ListId, lexicon: Lexicon, words: Words): Line[] {
  if (ratings.none?.includes(list))
    return [{ key: list, label: lexicon.list(list), text: nothingIn(list, lexicon) }]
  return Object.entries(ratings[list] ?? {}).map(([term, detail]) => ({
    key: `${list} ${term}`,
    under: lexicon.list(list),
    label: lexicon.label(term),
    text: detailText(term, detail, lexicon, words),
  }))
}

/** "slower, lost track of it; how strong: 7 of 10". */
export function detailText(term: string, detail: Detail, lexicon: Lexicon, { say }: Words): string {
  const parts = [
    ...(['direction', 'aspects', 'where'] as const).map((kind) =>
      lexicon.choices(term, kind, detail[kind] ?? []).join(', '),
    ),
    detail.intensity === undefined ? '' : fill(say.intensity, { value: detail.intensity }),
    detail.worst === undefined ? '' : fill(say.worst, { value: detail.worst }),
    detail.valence === undefined ? '' : lexicon.valence(detail.valence),
    detail.passed === undefined ? '' : fill(say.passed, { when: lexicon.passed(detail.passed) }),
  ].filter(Boolean)
  return parts.length ? parts.join('; ') : say.picked
}

function wordListOf(
  list: string,
  ids: readonly string[] | undefined,
  lexicon: Lexicon,
  name: (id: string) => string,
): Line[] {
  if (!ids) return []
  return [
    {
      key: list,
      label: lexicon.list(list),
      text: ids.length ? ids.map(name).join(', ') : nothingIn(list, lexicon),
    },
  ]
}

const nothingIn = (list: string, lexicon: Lexicon) =>
  lexicon.catalogue.lists.find(({ id }) => id === list)?.none ?? ''

/** Each answer as it was given; the total as a number, of whole questionnaires alone. */
function questionnairesOf({ instruments = {} }: Ratings, lexicon: Lexicon, { say }: Words): Line[] {
  return Object.entries(instruments).flatMap(([id, filled]) => {
    const asked = lexicon.instrument(id)
    if (!asked) return []
    const lines = filled.answers.flatMap((value, index) =>
      value === null
        ? []
        : [{ key: `${id} ${index}`, label: asked.items[index]!.text, text: valued(asked.answers, value) }],
    )
    const total = { key: id, label: say.total, text: totalText(filled.answers, asked, say) }
    const how = filled.difficulty
    const difficulty =
      how === undefined
        ? []
        : [
            {
              key: `${id} difficulty`,
              label: say.difficulty,
              text: valued(asked.difficulty?.answers ?? [], how),
            },
          ]
    return [total, ...lines, ...difficulty].map((line) => ({ ...line, under: asked.title }))
  })
}

function totalText(
  answers: readonly (number | null)[],
  { highest, items }: Instrument,
  say: Words['say'],
): string {
  const given = answers.filter((value) => value !== null)
  if (given.length < items.length) return fill(say.incomplete, { count: given.length, of: items.length })
  return fill(say.rating, { value: given.reduce((sum, value) => sum + value, 0), of: highest })
}

function textsOf(texts: Record<string, string> | undefined, lexicon: Lexicon): Line[] {
  return Object.entries(texts ?? {}).map(([id, text]) => ({
    key: id,
    under: lexicon.group('story'),
    label: lexicon.prompt(id),
    text,
    own: true,
  }))
}

/** Every fact of a session, in the order of the catalogue; its time is told apart. */
export function factsOf({ ratings, story = {} }: SessionDraft, lexicon: Lexicon, words: Words): Line[] {
  const told = { ...story, ...ratings } as Record<string, unknown>
  const facts = lexicon.catalogue.facts.filter(
    ({ of, field }) => of === 'session' && told[field] !== undefined,
  )
  const lines = facts.map(
    (fact): Line => ({
      key: fact.id,
      label: fact.label,
      text: factText(fact, told[fact.field], lexicon, words),
      ...(fact.kind === 'text' && { own: true }),
    }),
  )
  if (story.staff_role)
    lines.push({ key: 'staff_role', label: words.form.role, text: story.staff_role, own: true })
  if (story.note) lines.push({ key: 'note', label: words.note, text: story.note, own: true })
  return lines
}

function factText({ field, kind, options }: Fact, value: unknown, lexicon: Lexicon, words: Words): string {
  if (kind === 'dose')
    return (
      lexicon.dose(value as { amount?: number; unit: string }) ??
      named(options, (value as { unit: string }).unit)
    )
  if (kind === 'blood_pressure')
    return pressureText(value as NonNullable<SessionDraft['ratings']['blood_pressure']>, words)
  if (field === 'duration_min') return fill(words.length, { count: value as number })
  if (field === 'pulse') return fill(words.pulse, { count: value as number })
  return options ? named(options, value as string) : String(value)
}

function pressureText(
  { systolic, diastolic, told_by_staff }: NonNullable<SessionDraft['ratings']['blood_pressure']>,
  words: Words,
): string {
  const reading = fill(words.bloodPressure, { systolic, diastolic })
  return told_by_staff === 'yes' ? `${reading}, ${words.byStaff}` : reading
}

/** Everything in which two versions can differ. */
export const versionOfCheckIn = (draft: CheckInDraft, lexicon: Lexicon, words: Words): Line[] => [
  timeOf(draft, words),
  ...answersOf(draft, lexicon, words),
  ...notesOf(draft, words),
]

export const versionOfSession = (draft: SessionDraft, lexicon: Lexicon, words: Words): Line[] => [
  timeOf(draft, words),
  ...factsOf(draft, lexicon, words),
  ...notesOf(draft, words),
]

const timeOf = ({ ratings }: CheckInDraft | SessionDraft, { say }: Words): Line => ({
  key: 'time',
  label: say.time,
  text: dayAndTime(ratings.happened_at, ratings.time_zone),
})

const notesOf = ({ story }: CheckInDraft | SessionDraft, { note }: Words): Line[] =>
  (story?.notes ?? []).map(({ id, text }) => ({ key: id, label: note, text, own: true }))

export interface Difference {
  key: string
  under?: string
  label: string
  mine?: Line
  other?: Line
}

/** Where two versions of a row differ, and how many lines are the same in both. */
export function compare(
  mine: readonly Line[],
  other: readonly Line[],
): { differences: Difference[]; same: number } {
  const theirs = new Map(other.map((line) => [line.key, line]))
  const all = [...mine, ...other.filter((line) => !mine.some(({ key }) => key === line.key))]
  const pairs = all.map(({ key, under, label }) => ({
    key,
    under,
    label,
    mine: mine.find((line) => line.key === key),
    other: theirs.get(key),
  }))
  const differences = pairs.filter((pair) => pair.mine?.text !== pair.other?.text)
  return { differences, same: pairs.length - differences.length }
}

/** How long after its session something was, in whole minutes, hours or days; "before it" when it was. */
export function distance(hours: number, words: Words): string {
  if (hours < 0) return words.beforeIt
  if (hours < 1) return plural(words.afterMinutes, Math.round(hours * 60))
  return hours < 36
    ? plural(words.afterHours, Math.round(hours))
    : plural(words.afterDays, Math.round(hours / 24))
}

const LATER_HOURS = 3

/** Whether it was written clearly after what it tells of. */
export const writtenLater = ({ ratings }: CheckInDraft): boolean =>
  hoursBetween(ratings.happened_at, ratings.written_at) >= LATER_HOURS

const named = (options: readonly { id: string; label: string }[] | undefined, id: number | string): string =>
  options?.find((option) => option.id === id)?.label ?? String(id)

const valued = (answers: readonly { value: number; label: string }[], value: number): string =>
  answers.find((answer) => answer.value === value)?.label ?? String(value)
