import { useComputed } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { spot } from '../app/router.ts'
import type { Catalogue } from '../catalogue/types.ts'
import { Ending } from './Ending.tsx'
import { endHere, sealedFor } from './here.ts'
import { PicksQuestion } from './Picks.tsx'
import { InstrumentQuestion } from './Questionnaire.tsx'
import {
  DetailQuestion,
  EmotionsQuestion,
  ItemQuestion,
  StillHereQuestion,
  WordsQuestion,
} from './Questions.tsx'
import { StartScreen } from './Start.tsx'
import { END, ENOUGH, questionAt, type Turn, turnOf } from './turn.ts'
import { underway } from './underway.ts'
import { FactsQuestion, VisitQuestion } from './Visit.tsx'

/** Questions and answers, one step at a time; every step is a screen of its own. */
export function Conversation({ catalogue }: { catalogue: Catalogue }) {
  const current = underway.value!
  const { id } = current
  useEffect(() => () => void (sealedFor(id) && endHere(id)), [id])
  const step = useComputed(() => spot.value).value
  const key = current.trail[step] ?? ''
  if (key === END || key === ENOUGH) {
    return <Ending key={`${step}`} catalogue={catalogue} current={current} whole={key === END} />
  }
  const question = questionAt(catalogue, current, step)
  return <Screenful key={`${step} ${question.key}`} turn={turnOf(catalogue, current, question)} />
}

const SCREENS: Record<Turn['question']['kind'], (props: { turn: never }) => unknown> = {
  start: StartScreen,
  visit: VisitQuestion,
  facts: FactsQuestion,
  item: ItemQuestion,
  picks: PicksQuestion,
  detail: DetailQuestion,
  emotions: EmotionsQuestion,
  still_here: StillHereQuestion,
  words: WordsQuestion,
  instrument: InstrumentQuestion,
  difficulty: InstrumentQuestion,
}

function Screenful({ turn }: { turn: Turn }) {
  const Found = SCREENS[turn.question.kind] as (props: { turn: Turn }) => preact.JSX.Element
  return <Found turn={turn} />
}
