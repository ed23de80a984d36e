import messages from 'messages/trends'
import type { ComponentChildren } from 'preact'
import { Loaded } from '../app/Loaded.tsx'
import { Button, Notice, Screen } from '../elements/index.ts'
import { plural } from '../text.ts'
import { type Journal, useJournal } from './data.ts'
import { markOf } from './marks.ts'
import { Strip } from './Strip.tsx'
import { columns } from './scale.ts'

/** The charts, by the last part of their address. */
export const VIEWS = ['sensations', 'mood', 'bothered', 'opened', 'totals', 'compare'] as const
export type View = (typeof VIEWS)[number]

export const addressOf = (view: View): string => (view === 'sensations' ? '/trends' : `/trends/${view}`)

type Children = (journal: Journal) => ComponentChildren

interface ChartsProps {
  journal: Journal
  children: Children
}

/** What all charts stand in: the way to the others, the heading, and the words at the foot. */
export function Frame({ view, children }: { view: View; children: Children }) {
  const fetched = useJournal()
  return (
    <Screen title={messages.views[view].title} wide ownHeading head={<Heading view={view} />}>
      <p class="printed-title" aria-hidden="true">
        {messages.views[view].title}
      </p>
      <Views current={view} />
      <Loaded of={fetched}>
        {(journal) => (
          <>
            <Unopened count={journal.trends.unopened} />
            <Charts journal={journal}>{children}</Charts>
            <div class="print-button not-printed">
              <Button icon="print" onClick={() => print()}>
                {messages.print}
              </Button>
            </div>
            <p class="trends-foot soft">{messages.footer}</p>
          </>
        )}
      </Loaded>
    </Screen>
  )
}

/** Beside Help, so that the charts begin as far up as they can. */
const Heading = ({ view }: { view: View }) => (
  <h1 class="trends-title" tabIndex={-1} data-heading>
    {messages.views[view].title}
  </h1>
)

/** A journal of which nothing opened is not an empty one. */
function Charts({ journal, children }: ChartsProps) {
  const { sessions, unopened } = journal.trends
  if (sessions.length) return children(journal)
  return unopened ? <div class="nothing" /> : <Empty />
}

function Unopened({ count }: { count: number }) {
  if (!count) return null
  return (
    <Notice amber still>
      <p>{plural(messages.unopened, count)}</p>
    </Notice>
  )
}

function Views({ current }: { current: View }) {
  return (
    <nav class="views not-printed" aria-label={messages.charts}>
      <ul class="plain">
        {VIEWS.map((view) => (
          <li key={view}>
            <a href={addressOf(view)} aria-current={view === current ? 'page' : undefined}>
              {messages.views[view].tab}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Empty() {
  return (
    <div class="nothing stack">
      <Strip
        marks={Array.from({ length: 12 }, () => markOf({ session_id: '', chosen: false }))}
        columns={columns(12, 320, false)}
      />
      <p class="lead">{messages.empty}</p>
      <p class="soft">{messages.emptyDetail}</p>
      <div>
        <Button kind="primary" href="/today">
          {messages.emptyAction}
        </Button>
      </div>
    </div>
  )
}
