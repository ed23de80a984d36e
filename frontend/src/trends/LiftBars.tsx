import messages from 'messages/trends'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { firstAbove } from './curve.ts'
import type { Lift, MoodPoint, Session } from './data.ts'
import { liftSentence, liftShort, sessionLine, sessionName } from './phrases.ts'
import { dayTicks } from './scale.ts'

const WIDTH = 260

export interface Told {
  session: Session
  points: readonly MoodPoint[]
  lift?: Lift
}

/** How long mood was told to be above where it started, session by session along even days. */
export function LiftBars({ told, words }: { told: readonly Told[]; words: Lexicon }) {
  const ends = told.map(({ lift }) => lift?.first_back_hours ?? lift?.last_above_hours ?? 0)
  const days = Math.max(7, Math.ceil(Math.max(...ends) / 24))
  const x = (hours: number) => (WIDTH * hours) / 24 / (days * 1.04)
  return (
    <ul class="plain lifts">
      {told.map(({ session, points, lift }) => (
        <li key={session.id}>
          <a href={`/sessions/${session.id}`} title={sessionLine(session, words)}>
            <span class="unseen">{`${sessionName(session)}, `}</span>
            {session.number}
          </a>
          <span class="unseen">{liftSentence(lift)}</span>
          {lift?.last_above_hours === undefined ? (
            <span class="soft small" aria-hidden="true">
              {liftShort(lift)}
            </span>
          ) : (
            <svg viewBox={`0 0 ${WIDTH} 22`} preserveAspectRatio="none" aria-hidden="true">
              <Bar lift={lift} points={points} x={x} />
            </svg>
          )}
        </li>
      ))}
      <li class="soft small" aria-hidden="true">
        <span>{messages.days}</span>
        <span class="lifts-days">
          {dayTicks(days).map((day) => (
            <span key={day} style={{ left: `${(100 * x(day * 24)) / WIDTH}%` }}>
              {day}
            </span>
          ))}
        </span>
      </li>
    </ul>
  )
}

interface BarProps {
  lift: Lift
  points: readonly MoodPoint[]
  x: (hours: number) => number
}

/** Solid as long as mood was told to be above; hollow where it came back at an hour nobody knows; open at the end
 * where it was still above when last told. */
function Bar({ lift, points, x }: BarProps) {
  const last = Math.max(3, x(lift.last_above_hours!))
  const first = Math.min(x(firstAbove(points, lift.baseline!) ?? 0), last - 3)
  const back = lift.first_back_hours
  return (
    <>
      <path class="above" d={`M${first} 5H${last}v12H${first}z`} />
      {back === undefined ? (
        <path class="onward" d={`M${last + 3} 11h12`} />
      ) : (
        <path class="between" d={`M${last} 5H${x(back)}v12H${last}z`} />
      )}
    </>
  )
}
