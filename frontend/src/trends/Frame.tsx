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

/** What all charts stand in: the way to the others, the heading, and the words at the foot. */
export function Frame({ view, children }: { view: View; children: (journal: Journal) => ComponentChildren }) {
  const fetched = useJournal()
  return (
    <Screen title={messages.views[view].title} wide ownHeading head={<Heading view={view} />}>
      <p class="printed-title" aria-hidden="true">
        {messages.views[view].title}
      </p>
      <Views current={view} />
      <Loaded of={fetched}>
        {(journal) =>
          journal.trends.sessions.length ? <Charts journal={journal}>{children}</Charts> : <Empty />
        }
      </Loaded>
      <p class="trends-foot soft">{messages.footer}</p>
    </Screen>
  )
}

/** Beside Help, so that the charts begin as far up as they can. */
const Heading = ({ view }: { view: View }) => (
  <h1 class="trends-title" tabIndex={-1} data-heading>
    {messages.views[view].title}
  </h1>
)

function Charts({
  journal,
  children,
}: {
  journal: Journal
  children: (journal: Journal) => ComponentChildren
}) {
  const { unopened } = journal.trends
  return (
    <>
      {unopened > 0 && (
        <Notice amber still>
          <p>{plural(messages.unopened, unopened)}</p>
        </Notice>
      )}
      {children(journal)}
      <div class="print-button not-printed">
        <Button icon="print" onClick={() => print()}>
          {messages.print}
        </Button>
      </div>
    </>
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
    <div class="stack">
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
