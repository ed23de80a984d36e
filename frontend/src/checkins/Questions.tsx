import words from 'messages/checkin'
import { useState } from 'preact/hooks'
import type { DetailId, Item, Option } from '../catalogue/types.ts'
import { Chips, Field, TapGrid } from '../elements/index.ts'
import { fill } from '../text.ts'
import { Ask } from './Ask.tsx'
import { answer, answerTo, detail, emotions, say, stillHere } from './draft.ts'
import type { Question } from './flow.ts'
import { Options } from './Options.tsx'
import { labelOf, type Turn } from './turn.ts'
import { change } from './underway.ts'

type Of<K extends Question['kind']> = Turn<Extract<Question, { kind: K }>>

/** A grid or a few buttons: a tap answers, and the next question comes. */
export function ItemQuestion({ turn }: { turn: Of<'item'> }) {
  const { question, draft, goOn } = turn
  const { item } = question
  const value = answerTo(draft, item.id)
  const onAnswer = (given: number | string) => goOn(answer(draft, item.id, given))
  const step = turn.current.known.others.map((other) => other.story?.texts?.['step.plan']).find(Boolean)
  const hint = item.only_if?.prompt === 'step.plan' && step ? fill(words.yourStep, { text: step }) : item.hint
  return (
    <Ask
      turn={turn}
      title={item.question}
      hint={hint}
      onTakeBack={() => change(answer(draft, item.id, undefined))}
    >
      {item.kind === 'rating' ? (
        <TapGrid label={item.question} anchors={item.anchors} value={value as number} onAnswer={onAnswer} />
      ) : (
        <Options label={item.question} options={optionsOf(turn, item)} value={value} onAnswer={onAnswer} />
      )}
    </Ask>
  )
}

function optionsOf({ catalogue }: Turn, item: Item): readonly Option[] {
  if (item.kind === 'yes_no') return catalogue.yes_no
  return item.kind === 'passed' ? catalogue.passed : (item.options ?? [])
}

/** What can be said of one pick. A single rating answers with its tap; several details stay until Next. */
export function DetailQuestion({ turn }: { turn: Of<'detail'> }) {
  const { question, draft } = turn
  const { list, term, details } = question
  const given = draft.ratings[list]?.[term] ?? {}
  const put = (id: DetailId, value: never) => detail(draft, list, term, id, value)
  const about = labelOf(turn, term)
  const only = details.length === 1 ? turn.catalogue.details.find(({ id }) => id === details[0]) : undefined
  if (only?.kind === 'rating') {
    return (
      <Ask
        turn={turn}
        about={about}
        title={only.question}
        onTakeBack={() => change(put(only.id, undefined as never))}
      >
        <TapGrid
          label={`${about}: ${only.question}`}
          anchors={only.anchors}
          value={given[only.id] as number}
          onAnswer={(value) => turn.goOn(put(only.id, value as never))}
        />
      </Ask>
    )
  }
  return (
    <Ask turn={turn} title={about}>
      {details.map((id) => (
        <OneDetail key={id} turn={turn} id={id} onChange={(value) => change(put(id, value as never))} />
      ))}
    </Ask>
  )
}

function OneDetail({
  turn,
  id,
  onChange,
}: {
  turn: Of<'detail'>
  id: DetailId
  onChange: (value: unknown) => void
}) {
  const { catalogue, question, draft } = turn
  const { question: label, anchors, kind } = catalogue.details.find((each) => each.id === id)!
  const value = draft.ratings[question.list]?.[question.term]?.[id]
  if (kind === 'rating') {
    return (
      <section class="stack tight">
        <div class="legend" aria-hidden="true">
          {label}
        </div>
        <TapGrid label={label} anchors={anchors} value={value as number | undefined} onAnswer={onChange} />
      </section>
    )
  }
  if (id === 'passed' || id === 'valence') {
    const options =
      id === 'passed'
        ? catalogue.passed
        : catalogue.valence.map(({ value, label }) => ({ id: `${value}`, label }))
    const set = ([chosen]: string[]) =>
      onChange(chosen === undefined || id === 'passed' ? chosen : Number(chosen))
    return (
      <Chips
        label={label}
        legend
        single
        options={options}
        chosen={value === undefined ? [] : [`${value}`]}
        onChange={set}
      />
    )
  }
  const term = catalogue.terms.find((each) => each.id === question.term)
  const options = (id === 'direction' ? term?.directions : term?.[id as 'where' | 'aspects']) ?? []
  return (
    <Chips
      label={label}
      legend
      options={options}
      chosen={(value as string[] | undefined) ?? []}
      onChange={onChange}
    />
  )
}

const NONE = 'none'

/** Chips, one of which says "none of them": alone it answers at once, in place of others it waits for Next. */
function Words(props: {
  turn: Turn
  list: 'emotions' | 'still_here'
  options: readonly Option[]
  kept: readonly string[] | undefined
  proposed?: readonly string[]
  answer: (chosen: readonly string[] | undefined) => Turn['draft']
}) {
  const { turn, kept, options } = props
  const list = turn.catalogue.lists.find(({ id }) => id === props.list)!
  const [chosen, choose] = useState(kept ? (kept.length ? kept : [NONE]) : (props.proposed ?? []))
  const given = (ids: readonly string[]) => (ids.length ? ids.filter((id) => id !== NONE) : undefined)
  const onChange = (ids: string[]) => {
    choose(ids)
    if (ids.includes(NONE) && chosen.length === 0) turn.goOn(props.answer([]))
    else change(props.answer(given(ids)))
  }
  return (
    <Ask
      turn={turn}
      title={list.question}
      chosen={chosen.length > 0}
      onNext={() => turn.goOn(props.answer(given(chosen)))}
    >
      <Chips
        label={list.question}
        options={[{ id: NONE, label: list.none }, ...options]}
        alone={[NONE]}
        chosen={chosen}
        onChange={onChange}
      />
    </Ask>
  )
}

export function EmotionsQuestion({ turn }: { turn: Of<'emotions'> }) {
  const { draft, catalogue } = turn
  return (
    <Words
      turn={turn}
      list="emotions"
      options={catalogue.emotions}
      kept={draft.ratings.emotions}
      answer={(chosen) => emotions(draft, chosen)}
    />
  )
}

export function StillHereQuestion({ turn }: { turn: Of<'still_here'> }) {
  const { draft, question } = turn
  return (
    <Words
      turn={turn}
      list="still_here"
      options={question.terms.map((id) => ({ id, label: labelOf(turn, id) }))}
      kept={draft.ratings.still_here?.filter((id) => question.terms.includes(id))}
      proposed={question.lasting}
      answer={(chosen) => stillHere(draft, chosen)}
    />
  )
}

/** Words of the patient's own. They are in memory with every letter, and kept when the typing rests. */
export function WordsQuestion({ turn }: { turn: Of<'words'> }) {
  const { catalogue, question, draft } = turn
  const prompts = question.prompts.map((id) => catalogue.prompts.find((prompt) => prompt.id === id)!)
  const single = prompts.length === 1
  const title = single
    ? prompts[0]!.label
    : (catalogue.groups.find(({ id }) => id === prompts[0]!.group)?.label ?? '')
  return (
    <Ask turn={turn} title={title}>
      {prompts.map(({ id, label }) => (
        <Field
          key={id}
          label={label}
          unseenLabel={single}
          multiline
          maxLength={20_000}
          value={draft.story?.texts?.[id] ?? ''}
          onInput={(text) => change(say(draft, id, text), { typing: true })}
        />
      ))}
    </Ask>
  )
}
