import messages from 'messages/trends'
import type { Journal } from './data.ts'
import { Grid } from './Grid.tsx'
import { printing } from './hooks.ts'
import { Key, RouteKey } from './Key.tsx'
import { Nothing } from './Part.tsx'
import { groupsOf } from './rows.ts'
import { Strips } from './Strips.tsx'

/** How each sensation changes across sessions: as strips to look at, or as a grid of numbers to read. */
export function Sensations({ journal: { trends, words }, grid }: { journal: Journal; grid: boolean }) {
  const groups = groupsOf(trends, words)
  if (!groups.length) return <Nothing />
  const props = { groups, sessions: trends.sessions, words }
  return (
    <>
      <div class="stack tight">
        <nav class="either not-printed" aria-label={messages.either}>
          <a href="/trends" aria-current={grid ? undefined : 'page'}>
            {messages.strips}
          </a>
          <a href="/trends/grid" aria-current={grid ? 'page' : undefined}>
            {messages.grid}
          </a>
        </nav>
        <Key grid={grid} />
      </div>
      {!grid && <Strips {...props} />}
      {(grid || printing.value) && <Grid {...props} />}
      <RouteKey sessions={trends.sessions} words={words} />
    </>
  )
}
