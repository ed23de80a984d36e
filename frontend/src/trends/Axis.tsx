import messages from 'messages/trends'
import type { Lexicon } from '../catalogue/lexicon.ts'
import type { Session } from './data.ts'
import { SessionMark } from './Sessions.tsx'
import { type Columns, numbered, rem } from './scale.ts'

export interface AxisProps {
  sessions: readonly Session[]
  columns: Columns
  words: Lexicon
}

/** The sessions below all strips, each with its number and the letter of its route. Where a finger can hit one, it
 * leads to the session's page. */
export function Axis(props: AxisProps) {
  return props.columns.roomy ? <Links {...props} /> : <Marks {...props} />
}

function Links({ sessions, columns, words }: AxisProps) {
  return (
    <nav aria-label={messages.sessions}>
      <ol class="plain axis-links" style={{ width: rem(columns.width) }}>
        {sessions.map((session) => (
          <li key={session.id} style={{ width: rem(columns.step) }}>
            <SessionMark session={session} words={words} />
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** Too many to touch: some of the numbers, and the letter of a route where it changes. */
function Marks({ sessions, columns, words }: AxisProps) {
  const changes = sessions.flatMap(({ route }, place) =>
    place && route === sessions[place - 1]!.route ? [] : [place],
  )
  const inside = (place: number) => Math.min(Math.max(columns.x(place), 10), columns.width - 13)
  return (
    <svg
      class="axis-marks"
      width={rem(columns.width)}
      height={rem(44)}
      viewBox={`0 0 ${columns.width} 44`}
      aria-hidden="true"
    >
      {numbered(sessions.length, columns.step).map((place) => (
        <text key={place} x={inside(place)} y={16}>
          {sessions[place]!.number}
        </text>
      ))}
      {changes.map((place) => (
        <text key={place} x={inside(place)} y={36}>
          {words.letter(sessions[place]!.route)}
        </text>
      ))}
    </svg>
  )
}
