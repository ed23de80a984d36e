import type { Lexicon } from '../catalogue/lexicon.ts'
import { passedWords } from './Bothered.tsx'
import type { Comparison, Pick } from './data.ts'
import { isRated, type Mark, markOf } from './marks.ts'
import { markWords } from './phrases.ts'
import { Shape } from './Shape.tsx'

export interface Pair {
  key: string
  list: string
  label: string
  marks: readonly [Mark, Mark]
  /** What each session says, in words. */
  said: readonly [string, string]
}

/** The rows of a comparison as pairs of marks: picks of a sensation, or the bare answers to a question. */
export function pairsOf({ rows, first, second }: Comparison, words: Lexicon): Pair[] {
  return rows.map(({ term, item, list, ...told }) => {
    const marks = [marked(told.first, first.id), marked(told.second, second.id)] as const
    const said = (place: 0 | 1) => {
      const mark = String(markWords(marks[place]))
      const detail = (place ? told.second : told.first) as Pick | undefined
      return list === 'bothered' && detail?.chosen ? `${mark} · ${passedWords(detail, words)}` : mark
    }
    const id = term ?? item ?? ''
    return { key: `${list}/${id}`, list, label: words.label(id), marks, said: [said(0), said(1)] }
  })
}

/** The items of what opened up that either session answered. */
export function openedPairs({ first, second }: Comparison['breakthroughs'], words: Lexicon): Pair[] {
  return words.catalogue.items.flatMap(({ id: key, label }) => {
    const values = [first?.items[key], second?.items[key]] as const
    if (values.every((value) => value === undefined)) return []
    const marks = [marked(values[0], ''), marked(values[1], '')] as const
    return [
      {
        key,
        list: '',
        label,
        marks,
        said: [String(markWords(marks[0])), String(markWords(marks[1]))] as const,
      },
    ]
  })
}

function marked(told: unknown, session_id: string): Mark {
  if (typeof told === 'number') return markOf({ session_id, value: told })
  return markOf(told as Pick | undefined)
}

/** Each sensation as two signs on one line from 0 to 10, and what each session says of it in words. */
export function Dumbbells({ pairs }: { pairs: readonly Pair[] }) {
  return (
    <ul class="plain dumbbells stack">
      {pairs.map(({ key, label, marks, said }) => (
        <li key={key}>
          <span>{label}</span>
          <Dumbbell marks={marks} />
          <span class="pair-words soft small">
            <span>
              <Shape /> {said[0]}
            </span>
            <span>
              <Shape filled /> {said[1]}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}

const x = (value: number) => 9 + value * 30.2

export function Dumbbell({ marks: [first, second] }: { marks: Pair['marks'] }) {
  return (
    <svg class="dumbbell" viewBox="0 0 320 24" aria-hidden="true">
      <path class="track" d={`M${x(0)} 12H${x(10)}M${x(0)} 9v6M${x(5)} 9v6M${x(10)} 9v6`} />
      {isRated(first) && isRated(second) && (
        <path class="line" d={`M${x(first.value)} 12H${x(second.value)}`} />
      )}
      {isRated(first) && <path class="dot hollow" d={`M${x(first.value)} 3l9 9l-9 9l-9 -9z`} />}
      {isRated(second) && <circle class="dot" cx={x(second.value)} cy={12} r={5.5} />}
    </svg>
  )
}
