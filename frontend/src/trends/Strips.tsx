import { type Signal, signal, useSignal } from '@preact/signals'
import messages from 'messages/trends'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { go } from '../app/router.ts'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { Button } from '../elements/index.ts'
import { Axis } from './Axis.tsx'
import type { Session } from './data.ts'
import { pxPerUnit, useWidth } from './hooks.ts'
import { rowSentence } from './phrases.ts'
import { RowTable } from './RowTable.tsx'
import type { Group, Row } from './rows.ts'
import { Strip } from './Strip.tsx'
import { type Columns, columns, placeAt, rem } from './scale.ts'
import { WithTable } from './WithTable.tsx'

export interface StripsProps {
  groups: readonly Group[]
  sessions: readonly Session[]
  words: Lexicon
}

/** Many sessions are first shown whole; spread out, each is as wide as a finger and the strips scroll. */
const spread = signal(false)

/** One strip a series, the same sessions below each other. A tap on a session opens it; where sessions are too narrow
 * to be hit, the first tap spreads them out around itself. */
export function Strips({ groups, sessions, words }: StripsProps) {
  const [room, width] = useWidth<HTMLDivElement>()
  const rows = useRef<HTMLDivElement>(null)
  const toward = useRef<number | undefined>(undefined)
  const lit = useSignal<number | undefined>(undefined)
  const places = columns(sessions.length, width, spread.value)
  const wide = columns(sessions.length, width, true)
  const scrolls = places.width > width + 1

  useLayoutEffect(() => {
    if (scrolls) rows.current!.scrollLeft = (toward.current ?? places.width) * pxPerUnit()
    toward.current = undefined
  }, [scrolls, places.width])

  const under = (event: MouseEvent): number | undefined => {
    const strip = event.target instanceof Element ? event.target.closest('.strip') : null
    if (!strip) return undefined
    return placeAt(
      (event.clientX - strip.getBoundingClientRect().left) / pxPerUnit(),
      places,
      sessions.length,
    )
  }
  const tap = (event: MouseEvent) => {
    const place = under(event)
    if (place === undefined) return
    if (places.roomy) return go(`/sessions/${sessions[place]!.id}`)
    toward.current = wide.x(place) - width / 2
    spread.value = true
  }
  const follow = (event: Event) => {
    const left = (event.currentTarget as HTMLElement).scrollLeft
    for (const other of [rows.current, room.current]) if (other) other.scrollLeft = left
  }
  return (
    <div class="strips" style={{ '--room': rem(width) }}>
      {wide.width > width + 1 && <SpreadButton />}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: for a pointer alone; by keyboard the same sessions are links in the axis and in the tables */}
      <div
        class="strip-rows"
        ref={rows}
        {...(scrolls && { tabIndex: 0, role: 'region', 'aria-label': messages.strips })}
        onScroll={follow}
        onClick={tap}
        onPointerMove={(event) => {
          lit.value = event.pointerType === 'mouse' ? under(event) : undefined
        }}
        onPointerLeave={() => {
          lit.value = undefined
        }}
      >
        {groups.map((group) => (
          <section class="strip-group stack tight" key={group.id}>
            {group.label && <h2>{group.label}</h2>}
            {group.rows.map((row) => (
              <StripRow key={row.key} {...{ row, sessions, words, lit }} columns={places} />
            ))}
          </section>
        ))}
      </div>
      <div class="strip-axis">
        <div class="strip-room" ref={room} onScroll={follow}>
          <Axis sessions={sessions} columns={places} words={words} />
        </div>
      </div>
    </div>
  )
}

interface StripRowProps {
  row: Row
  sessions: readonly Session[]
  words: Lexicon
  columns: Columns
  lit: Signal<number | undefined>
}

function StripRow({ row, sessions, words, columns, lit }: StripRowProps) {
  const said = row.said.map(([label, times]) => `${label} ${times}×`).join(', ')
  return (
    <WithTable
      of={row.label}
      name={
        <span class="strip-name">
          {row.label}
          {said && <span class="strip-said soft small">{said}</span>}
        </span>
      }
      table={() => <RowTable row={row} sessions={sessions} words={words} />}
    >
      <p class="unseen">{rowSentence(row)}</p>
      <Strip marks={row.marks} columns={columns} lit={lit} />
    </WithTable>
  )
}

function SpreadButton() {
  return (
    <div class="row spread-button not-printed">
      <Button
        kind="plain"
        onClick={() => {
          spread.value = !spread.value
        }}
      >
        {spread.value ? messages.whole : messages.spread}
      </Button>
    </div>
  )
}
