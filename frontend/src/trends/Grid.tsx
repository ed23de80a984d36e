import messages from 'messages/trends'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Lexicon } from '../catalogue/lexicon.ts'
import type { Session } from './data.ts'
import { printing } from './hooks.ts'
import type { Mark } from './marks.ts'
import { markWords } from './phrases.ts'
import type { Group, Row } from './rows.ts'
import { SessionMark } from './Sessions.tsx'
import { stepOf } from './scale.ts'

/** So many sessions fit beside each other on paper. */
const ON_PAPER = 12

export interface GridProps {
  groups: readonly Group[]
  sessions: readonly Session[]
  words: Lexicon
}

/** Every sensation by every session as numbers, the newest in view; on paper in parts that fit its width. */
export function Grid({ groups, sessions, words }: GridProps) {
  const most = printing.value ? ON_PAPER : sessions.length
  const parts = Array.from({ length: Math.ceil(sessions.length / most) }, (_, part) => part * most)
  return (
    <>
      {parts.map((from) => (
        <Part key={from} groups={groups} sessions={sessions} words={words} from={from} to={from + most} />
      ))}
    </>
  )
}

function Part({ groups, sessions, words, from, to }: GridProps & { from: number; to: number }) {
  const shown = sessions.slice(from, to)
  const region = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    region.current!.scrollLeft = region.current!.scrollWidth
  }, [])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="table matrix" ref={region} tabIndex={0} aria-label={messages.gridCaption}>
      <table>
        <caption class="unseen">{messages.gridCaption}</caption>
        <thead>
          <tr>
            <td class="corner" />
            {shown.map((session) => (
              <th scope="col" key={session.id}>
                <SessionMark session={session} words={words} />
              </th>
            ))}
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.id}>
            <tr>
              <th class="matrix-group" scope="rowgroup" colSpan={shown.length + 1}>
                <span>{group.label}</span>
              </th>
            </tr>
            {group.rows.map((row) => (
              <MatrixRow key={row.key} row={row} from={from} to={to} />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  )
}

function MatrixRow({ row, from, to }: { row: Row; from: number; to: number }) {
  return (
    <tr>
      <th scope="row">{row.label}</th>
      {row.marks.slice(from, to).map((mark, place) => (
        <Cell mark={mark} key={place} />
      ))}
    </tr>
  )
}

/** The other three states; what was not answered stays empty. */
const SIGNS = { picked: '○', passed_over: '–', open: '' } as const

export const signOf = (mark: Mark): string => (mark.kind === 'rated' ? String(mark.value) : SIGNS[mark.kind])

/** A number on one of the fixed steps; the other three states as signs, with their words for screen readers. */
export function Cell({ mark }: { mark: Mark }) {
  if (mark.kind === 'rated') return <td class={`step-${stepOf(mark.value)}`}>{mark.value}</td>
  return (
    <td class="soft">
      <span aria-hidden="true">{signOf(mark)}</span>
      <span class="unseen">{markWords(mark)}</span>
    </td>
  )
}
