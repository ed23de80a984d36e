import words from 'messages/checkin'
import common from 'messages/common'
import here from 'messages/here'
import type { ComponentChildren } from 'preact'
import { leaveSteps, spot } from '../app/router.ts'
import { Button, Progress, Screen } from '../elements/index.ts'
import { fill } from '../text.ts'
import { flow, isAnswered, progress } from './flow.ts'
import { isMirrored, sealedFor, whereIs } from './here.ts'
import { state } from './keeping.ts'
import { useOneTap } from './oneTap.ts'
import { Troubles } from './Troubles.tsx'
import { homeOf, isLast, stop, type Turn } from './turn.ts'

export interface AskProps {
  turn: Turn
  title: string
  /** What the question is about, such as the term that was picked. */
  about?: string
  hint?: string
  /** Stands above the question, such as the time it asks about; it is read out with it. */
  over?: ComponentChildren
  children: ComponentChildren
  /** Instead of the proposals of this screen: what its main button does. By default it goes on. */
  onNext?: () => void
  /** The question can be passed over. */
  canSkip?: boolean
  /** What the patient chose is not an answer until Next is tapped. */
  chosen?: boolean
  onTakeBack?: () => void
}

/** One question on a screen: how far along, the question, its answers; Back, Help, Next or Skip, and enough for now. */
export function Ask(props: AskProps) {
  const { turn, canSkip = true } = props
  useOneTap()
  const answered = props.chosen ?? isAnswered(turn.question, turn.draft)
  const onNext = props.onNext ?? (() => turn.goOn())
  const next = answered || !canSkip ? (isLast(turn) ? words.done : common.next) : words.skip
  return (
    <Screen
      title={props.title}
      ownHeading
      large={turn.large}
      back={spot.value > 0 ? () => history.back() : () => leaveSteps(homeOf(turn.current))}
      action={
        <div class={answered || !canSkip ? 'ways primary' : 'ways'}>
          <Button kind={answered || !canSkip ? 'primary' : 'quiet'} onClick={onNext}>
            {next}
          </Button>
          <Button kind="plain" onClick={stop}>
            {words.enough}
          </Button>
        </div>
      }
    >
      <HowFar turn={turn} />
      {props.over}
      <div class="stack tight">
        <h1 class="question" tabIndex={-1} data-heading aria-describedby={props.over ? 'recall' : undefined}>
          {props.about && <span class="about">{props.about}: </span>}
          {props.title}
        </h1>
        {props.hint && <p class="soft">{props.hint}</p>}
      </div>
      {props.children}
      {props.onTakeBack && isAnswered(turn.question, turn.draft) && (
        <div>
          <Button kind="plain" onClick={props.onTakeBack}>
            {words.takeBack}
          </Button>
        </div>
      )}
      {/* Below the answers: a lost connection must not push the question away. */}
      <Troubles />
    </Screen>
  )
}

/** Where the answers are, never more than is so. */
function howKept(id: string): string {
  if (sealedFor(id)) return here.where[whereIs(id)]
  if (state.value === 'kept' || state.value === 'keeping') return words[state.value]
  return isMirrored(id) ? here.where.here : words.notSent
}

function HowFar({ turn }: { turn: Turn }) {
  const all = flow(turn.catalogue, turn.draft, turn.current.known)
  const how = turn.current.begun ? howKept(turn.current.id) : ''
  const far = fill(words.progress, { step: turn.question.stage, of: all.stages })
  return (
    <Progress step={progress(all, turn.question)} of={all.stages} label={how ? `${far} · ${how}` : far} />
  )
}
