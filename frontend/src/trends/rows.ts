import type { Lexicon } from '../catalogue/lexicon.ts'
import type { Pick, Sensation, Session, Trends } from './data.ts'
import { counted, type Mark, marksOf } from './marks.ts'

/** One strip: a sensation or a question, with one mark a session. */
export interface Row {
  key: string
  label: string
  marks: Mark[]
  /** What was asked to get the ratings. */
  question: string
  /** A sensation can be picked; a question can only be answered. */
  pickable: boolean
  points: ReadonlyMap<string, Pick>
  term?: string
  /** Directions and aspects in words, with how often each was said. */
  said: readonly (readonly [label: string, times: number])[]
}

export interface Group {
  id: string
  label: string
  rows: Row[]
}

const DETACHMENT = 'diss.peak'

/** The strips in the catalogue's order, group by group, the patient's own last. The order is fixed: a row is where it
 * was last time, and its place never says that it matters more. */
export function groupsOf(trends: Trends, words: Lexicon): Group[] {
  const groups = new Map<string, Row[]>(words.catalogue.groups.map(({ id }) => [id, []]))
  const put = (group: string, row: Row) => groups.get(groups.has(group) ? group : 'own')!.push(row)
  const { sessions } = trends
  if (trends.detachment.length) put('detachment', questionRow(DETACHMENT, sessions, trends.detachment, words))
  for (const sensation of trends.sensations) {
    put(words.term(sensation.term)?.group ?? 'own', sensationRow(sensation, sessions, words))
  }
  return [...groups]
    .filter(([, rows]) => rows.length)
    .map(([id, rows]) => ({ id, label: words.group(id), rows }))
}

function sensationRow({ term, list, points }: Sensation, sessions: Session[], words: Lexicon): Row {
  const said = (kind: 'direction' | 'aspects', order: readonly { id: string }[] = []) =>
    counted(points.map((point) => point[kind]), order.map(({ id }) => id)) // biome-ignore format: one thought
      .map(([id, times]) => [words.choices(term, kind, [id])[0]!, times] as const)
  return {
    key: `${list}/${term}`,
    label: words.label(term),
    marks: marksOf(sessions, points),
    question: words.question(list === 'bothered' ? 'worst' : 'intensity'),
    pickable: true,
    points: new Map(points.map((point) => [point.session_id, point])),
    term,
    said: [...said('direction', words.term(term)?.directions), ...said('aspects', words.term(term)?.aspects)],
  }
}

/** A question with one answer a session. */
export function questionRow(
  item: string,
  sessions: Session[],
  points: readonly { session_id: string; value: number }[],
  words: Lexicon,
): Row {
  return {
    key: item,
    label: words.label(item),
    marks: marksOf(sessions, points),
    question: words.item(item)?.question ?? '',
    pickable: false,
    points: new Map(),
    said: [],
  }
}
