import messages from 'messages/trends'
import type { ComponentChildren } from 'preact'
import type { Lexicon } from '../catalogue/lexicon.ts'
import type { Session } from './data.ts'
import { signOf } from './Grid.tsx'
import type { Mark } from './marks.ts'
import { Strip } from './Strip.tsx'
import { columns } from './scale.ts'

const SHOWN: readonly (readonly [keyof typeof messages.key, Mark])[] = [
  ['rated', { kind: 'rated', value: 6 }],
  ['zero', { kind: 'rated', value: 0 }],
  ['picked', { kind: 'picked' }],
  ['passed_over', { kind: 'passed_over' }],
  ['open', { kind: 'open' }],
]

/** What the signs of a chart mean. */
export function Key({ grid = false, pickable = true }: { grid?: boolean; pickable?: boolean }) {
  const shown = pickable ? SHOWN : SHOWN.filter(([, { kind }]) => kind === 'rated' || kind === 'open')
  return (
    <ul class="plain key soft small">
      {shown.map(([name, mark]) => (
        <li key={name}>
          {grid ? <span class="key-cell">{signOf(mark)}</span> : <Sample mark={mark} />}
          {messages.key[name]}
        </li>
      ))}
    </ul>
  )
}

const Sample = ({ mark }: { mark: Mark }): ComponentChildren => (
  <Strip marks={[mark]} columns={columns(1, 30, false)} />
)

/** The letters below the sessions, in words. */
export function RouteKey({ sessions, words }: { sessions: readonly Session[]; words: Lexicon }) {
  const used = words.catalogue.routes.filter(({ id }) => sessions.some(({ route }) => route === id))
  return <p class="soft small">{used.map(({ letter, label }) => `${letter}: ${label}`).join(', ')}</p>
}
