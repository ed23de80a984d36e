import messages from 'messages/trends'
import type { Lexicon } from '../catalogue/lexicon.ts'
import type { Session } from './data.ts'
import { detailWords, markWords } from './phrases.ts'
import type { Row } from './rows.ts'
import { SessionTable } from './Sessions.tsx'

export interface RowTableProps {
  row: Row
  sessions: readonly Session[]
  words: Lexicon
}

/** All that was said of one sensation, session by session. */
export function RowTable({ row: { label, question, marks, points, term }, sessions, words }: RowTableProps) {
  return (
    <SessionTable
      caption={label}
      columns={term ? [question, messages.saidColumn] : [question]}
      rows={sessions.map((session, place) => [
        session,
        markWords(marks[place]!),
        ...(term ? [detailWords(points.get(session.id), term, words)] : []),
      ])}
      words={words}
    />
  )
}
