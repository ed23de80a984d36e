import messages from 'messages/trends'
import { useState } from 'preact/hooks'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { Button } from '../elements/index.ts'
import { plural } from '../text.ts'
import { Curve } from './Curve.tsx'
import type { Journal } from './data.ts'
import { printing } from './hooks.ts'
import { LiftBars, type Told } from './LiftBars.tsx'
import { Nothing, Part } from './Part.tsx'
import { amount, elapsedWords, liftSentence, liftShort } from './phrases.ts'
import { SessionLink, SessionTable } from './Sessions.tsx'
import { reach, type Span } from './scale.ts'
import { atLeast, noLater } from './spans.ts'
import { WithTable } from './WithTable.tsx'

/** So many curves are shown at first. */
const FIRST = 12

/** The mood around each session, the newest first, and how long the lift lasted. */
export function Mood({ trends, words }: Journal) {
  const [all, setAll] = useState(false)
  const told = toldOf(trends)
  if (!told.some(({ points }) => points.length)) return <Nothing />
  const shown = all || printing.value ? told : told.slice(0, FIRST)
  const span = reach(told.flatMap(({ points }) => points.map(({ hours }) => hours)))
  return (
    <>
      <Part title={messages.liftTitle}>
        <p class="soft small">{messages.liftMeaning}</p>
        <WithTable of={messages.liftTitle} table={() => <LiftTable told={shown} words={words} />}>
          <LiftBars told={shown} words={words} />
          <LiftKey />
        </WithTable>
      </Part>
      <Part title={messages.curvesTitle}>
        <p class="soft small">{`${messages.curveMeaning} ${messages.levelMeaning}`}</p>
        <WithTable of={messages.curvesTitle} table={() => <MoodTable told={shown} words={words} />}>
          <ul class="plain curves">
            {shown.map((one) => (
              <Multiple key={one.session.id} {...one} span={span} words={words} />
            ))}
          </ul>
        </WithTable>
        {shown.length < told.length && (
          <div class="not-printed">
            <Button onClick={() => setAll(true)}>{plural(messages.showAll, told.length)}</Button>
          </div>
        )}
      </Part>
    </>
  )
}

/** What was told of mood for each session, newest first. */
function toldOf({ sessions, mood, lift }: Journal['trends']): Told[] {
  return sessions
    .map((session) => ({
      session,
      points: mood.find(({ session_id }) => session_id === session.id)?.points ?? [],
      lift: lift.find(({ session_id }) => session_id === session.id),
    }))
    .reverse()
}

function Multiple({ session, points, lift, span, words }: Told & { span: Span; words: Lexicon }) {
  return (
    <li class="stack tight">
      <h3>
        <SessionLink session={session} words={words} />
      </h3>
      {points.length ? <Curve points={points} span={span} baseline={lift?.baseline} /> : null}
      <p class="small">{liftSentence(lift)}</p>
    </li>
  )
}

function LiftTable({ told, words }: { told: readonly Told[]; words: Lexicon }) {
  return (
    <SessionTable
      caption={messages.liftTitle}
      columns={messages.liftColumns}
      rows={told.map(({ session, lift }) => [
        session,
        lift?.baseline ?? messages.marks.open,
        lift?.highest ?? messages.marks.open,
        lift?.last_above_hours && amount(atLeast(lift.last_above_hours)),
        lift?.first_back_hours && amount(noLater(lift.first_back_hours)),
        liftShort(lift),
      ])}
      words={words}
    />
  )
}

/** Every mood that was told, one a row. */
export function MoodTable({ told, words }: { told: readonly Omit<Told, 'lift'>[]; words: Lexicon }) {
  return (
    <SessionTable
      caption={messages.views.mood.title}
      columns={messages.moodColumns}
      rows={told.flatMap(({ session, points }) =>
        points.map(
          ({ moment, hours, value }) => [session, words.moment(moment), elapsedWords(hours), value] as const,
        ),
      )}
      words={words}
    />
  )
}

const KEY = ['above', 'between', 'onward'] as const

const LiftKey = () => (
  <ul class="plain key soft small">
    {KEY.map((name) => (
      <li key={name}>
        <svg viewBox="0 0 30 22" aria-hidden="true">
          <path class={name} d={name === 'onward' ? 'M6 11h18' : 'M3 5h24v12H3z'} />
        </svg>
        {messages.liftKey[name]}
      </li>
    ))}
  </ul>
)
