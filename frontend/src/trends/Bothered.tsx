import messages from 'messages/trends'
import type { ComponentChildren } from 'preact'
import type { Lexicon } from '../catalogue/lexicon.ts'
import type { Journal, Session } from './data.ts'
import { BySession, SessionTable } from './Sessions.tsx'
import { WithTable } from './WithTable.tsx'

export interface Bother {
  term: string
  worst?: number
  passed?: string
  still_here?: boolean
}

interface Told {
  session: Session
  /** Undefined when the list was not answered; empty when nothing bothered. */
  bothers?: Bother[]
}

/** What bothered in each session, newest first: how bad at worst, and when it had passed. */
export function Bothered({ trends, words }: Journal) {
  const told = toldOf(trends)
  if (!trends.bothered.length) return <p>{messages.nothingBothered}</p>
  return (
    <WithTable of={messages.views.bothered.title} table={() => <BotheredTable told={told} words={words} />}>
      <p class="soft small">{messages.botheredMeaning}</p>
      <BySession
        heading="h2"
        words={words}
        told={told.map(({ session, bothers }) => [
          session,
          bothers?.length ? (
            <ul class="plain bothers stack tight">
              {bothers.map((bother) => (
                <BotherRow key={bother.term} bother={bother} words={words} />
              ))}
            </ul>
          ) : (
            <p class="soft">{noneOf(bothers, words)}</p>
          ),
        ])}
      />
    </WithTable>
  )
}

function BotherRow({ bother, words }: { bother: Bother; words: Lexicon }) {
  return (
    <li>
      <span>{words.label(bother.term)}</span>
      <Worst value={bother.worst} />
      <span class="soft small">{passedWords(bother, words)}</span>
    </li>
  )
}

/** A bar from the waterline to the worst of it. */
function Worst({ value }: { value: number | undefined }) {
  if (value === undefined) return <span class="soft small">{messages.marks.picked}</span>
  return (
    <span class="worst">
      <svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
        <path class="track" d="M0 7H100" />
        <path class="bar" d={`M0 7H${Math.max(value * 10, 0.1)}`} />
      </svg>
      <b>{value}</b>
    </span>
  )
}

export function passedWords({ passed, still_here }: Omit<Bother, 'term'>, words: Lexicon): string {
  return (passed ?? still_here) ? words.passed(passed ?? 'still_here') : messages.passedNotTold
}

function toldOf({ sessions, sensations, bothered }: Journal['trends']): Told[] {
  const asked = new Set(
    sensations
      .filter(({ list }) => list === 'bothered')
      .flatMap(({ points }) => points.map((it) => it.session_id)),
  )
  return sessions
    .map((session) => ({
      session,
      bothers: asked.has(session.id)
        ? bothered.flatMap(({ term, points }) =>
            points.filter((it) => it.session_id === session.id).map((point) => ({ ...point, term })),
          )
        : undefined,
    }))
    .reverse()
}

const noneOf = (bothers: Bother[] | undefined, words: Lexicon): string =>
  bothers ? words.nothing('bothered') : messages.marks.open

function BotheredTable({ told, words }: { told: readonly Told[]; words: Lexicon }) {
  return (
    <SessionTable
      caption={messages.views.bothered.title}
      columns={messages.botheredColumns}
      rows={told.flatMap(({ session, bothers }): [Session, ...ComponentChildren[]][] =>
        bothers?.length
          ? bothers.map((bother) => [
              session,
              words.label(bother.term),
              bother.worst ?? messages.marks.picked,
              passedWords(bother, words),
            ])
          : [[session, noneOf(bothers, words), '', '']],
      )}
      words={words}
    />
  )
}
