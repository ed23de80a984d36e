import type { Instrument } from '../catalogue/types.ts'
import { Ask } from './Ask.tsx'
import { difficulty, instrument } from './draft.ts'
import type { Question } from './flow.ts'
import { Options } from './Options.tsx'
import type { Turn } from './turn.ts'
import { change } from './underway.ts'

type InstrumentTurn = Turn<Extract<Question, { kind: 'instrument' | 'difficulty' }>>

/** One item of a questionnaire, word for word, under the two weeks it asks about. Its total is not told here. */
export function InstrumentQuestion({ turn }: { turn: InstrumentTurn }) {
  const { question, draft, goOn } = turn
  const asked = turn.catalogue.instruments.find(({ id }) => id === question.id)!
  const given = draft.ratings.instruments?.[asked.id]
  const [title, answers, value, put] =
    question.kind === 'instrument'
      ? ([
          asked.items[question.index]!.text,
          asked.answers,
          given?.answers[question.index] ?? undefined,
          (to: number | undefined) => instrument(draft, asked.id, asked.items.length, question.index, to),
        ] as const)
      : ([
          asked.difficulty!.text,
          asked.difficulty!.answers ?? [],
          given?.difficulty,
          (to: number | undefined) => difficulty(draft, asked.id, to),
        ] as const)
  const options = answers.map(({ value, label }) => ({ id: value, label }))
  return (
    <Ask turn={turn} title={title} over={<Recall of={asked} />} onTakeBack={() => change(put(undefined))}>
      <Options label={title} options={options} value={value} onAnswer={(to) => goOn(put(to))} />
      {question.kind === 'instrument' && question.index === 0 && <p class="soft small">{asked.source}</p>}
    </Ask>
  )
}

function Recall({ of }: { of: Instrument }) {
  return (
    <p class="recall" id="recall">
      <strong>{of.title}</strong> {of.recall}
    </p>
  )
}
