import messages from 'messages/trends'
import type { Lexicon } from '../catalogue/lexicon.ts'
import type { Breakthrough, Journal, Session } from './data.ts'
import { Key } from './Key.tsx'
import { Nothing, Part } from './Part.tsx'
import { questionRow } from './rows.ts'
import { BySession, SessionTable } from './Sessions.tsx'
import { Strips } from './Strips.tsx'
import { WithTable } from './WithTable.tsx'

/** What opened up: the patient's own items across sessions, then session by session with the lines written. */
export function Opened({ trends: { sessions, breakthroughs }, words }: Journal) {
  if (!breakthroughs.length) return <Nothing />
  const rows = itemsOf(breakthroughs, words).map((item) => {
    const points = breakthroughs.flatMap(({ session_id, items }) =>
      items[item] === undefined ? [] : [{ session_id, value: items[item] }],
    )
    return questionRow(item, sessions, points, words)
  })
  const told = sessions
    .map((session) => ({ session, found: breakthroughs.find((it) => it.session_id === session.id) }))
    .reverse()
  return (
    <>
      {rows.length > 0 && (
        <section class="stack">
          <Key pickable={false} />
          <Strips groups={[{ id: 'breakthrough', label: '', rows }]} sessions={sessions} words={words} />
        </section>
      )}
      <Part title={messages.linesTitle}>
        <WithTable of={messages.linesTitle} table={() => <OpenedTable told={told} words={words} />}>
          <BySession
            heading="h3"
            words={words}
            told={told.map(({ session, found }) => [
              session,
              <Told key={session.id} found={found} words={words} />,
            ])}
          />
        </WithTable>
      </Part>
    </>
  )
}

/** The items that were ever answered, in the catalogue's order. */
function itemsOf(breakthroughs: readonly Breakthrough[], words: Lexicon): string[] {
  const used = new Set(breakthroughs.flatMap(({ items }) => Object.keys(items)))
  return words.catalogue.items.map(({ id }) => id).filter((id) => used.has(id))
}

export function Told({ found, words }: { found?: Breakthrough; words: Lexicon }) {
  if (!found) return <p class="soft">{messages.marks.open}</p>
  return (
    <div class="stack tight">
      {found.opened && <p>{words.opened(found.opened)}</p>}
      {found.lines.map((line) => (
        <figure class="line-told" key={`${line.check_in_id}${line.prompt_id}`}>
          <figcaption class="soft small">{words.prompt(line.prompt_id)}</figcaption>
          <blockquote>{line.text}</blockquote>
        </figure>
      ))}
    </div>
  )
}

interface OpenedTableProps {
  told: readonly { session: Session; found?: Breakthrough }[]
  words: Lexicon
}

function OpenedTable({ told, words }: OpenedTableProps) {
  const items = itemsOf(
    told.flatMap(({ found }) => found ?? []),
    words,
  )
  return (
    <SessionTable
      caption={messages.views.opened.title}
      columns={['brk.opened', ...items].map((item) => words.label(item))}
      rows={told.map(({ session, found }) => [
        session,
        found?.opened ? words.opened(found.opened) : messages.marks.open,
        ...items.map((item) => found?.items[item] ?? messages.marks.open),
      ])}
      words={words}
    />
  )
}
