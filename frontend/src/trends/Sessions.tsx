import messages from 'messages/trends'
import type { ComponentChildren } from 'preact'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { Table } from '../elements/index.ts'
import type { Session } from './data.ts'
import { sessionFacts, sessionLine, sessionName } from './phrases.ts'

/** A session by its number, with its date, route and dose; it leads to the session's page. */
export function SessionLink({ session, words }: { session: Session; words: Lexicon }) {
  return (
    <span class="session-link">
      <a href={`/sessions/${session.id}`}>{sessionName(session)}</a>{' '}
      <span class="soft small">
        {sessionFacts(session, words).map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </span>
    </span>
  )
}

/** The same as small as a chart needs it: its number above the letter of its route. */
export const SessionMark = ({ session, words }: { session: Session; words: Lexicon }) => (
  <a class="session-mark" href={`/sessions/${session.id}`} title={sessionLine(session, words)}>
    <span class="unseen">{sessionLine(session, words)}</span>
    <span aria-hidden="true">
      {session.number}
      <small>{words.letter(session.route)}</small>
    </span>
  </a>
)

export interface SessionTableProps {
  caption: string
  /** What stands beside the session. */
  columns: readonly string[]
  rows: readonly (readonly [Session, ...ComponentChildren[]])[]
  words: Lexicon
}

/** A table whose rows begin with a session. */
export function SessionTable({ caption, columns, rows, words }: SessionTableProps) {
  return (
    <Table
      caption={caption}
      columns={[messages.sessionColumn, ...columns]}
      rows={rows.map(([session, ...cells]) => [
        <SessionLink key={session.id} session={session} words={words} />,
        ...cells,
      ])}
    />
  )
}

interface BySessionProps {
  told: readonly (readonly [Session, ComponentChildren])[]
  words: Lexicon
  heading: 'h2' | 'h3'
}

/** Session after session, each with its own heading of the given level. */
export function BySession({ told, words, heading: Heading }: BySessionProps) {
  return (
    <ul class="plain by-session stack loose">
      {told.map(([session, children]) => (
        <li class="stack tight" key={session.id}>
          <Heading>
            <SessionLink session={session} words={words} />
          </Heading>
          {children}
        </li>
      ))}
    </ul>
  )
}
