import words from 'messages/desk'
import type { ComponentChildren } from 'preact'
import { Problem } from '../api/index.ts'
import { type Fetched, Loaded } from '../app/Loaded.tsx'
import { Button, Icon, Notice } from '../elements/index.ts'
import { plural } from '../text.ts'

/** What a share lends; one that ended says so, and nothing is tried again. */
export function Lent<T>({ of, children }: { of: Fetched<T>; children: (data: T) => ComponentChildren }) {
  if (!(of.failure instanceof Problem && of.failure.status === 404))
    return <Loaded of={of}>{children}</Loaded>
  return <NotShared />
}

export const NotShared = () => (
  <Notice title={words.notShared}>
    <p>{words.notSharedDetail}</p>
    <div class="row">
      <Button href="/desk">{words.toDesk}</Button>
    </div>
  </Notice>
)

/** Said wherever something is shared. */
export const NotWatched = () => (
  <p class="not-watched not-printed">
    <Icon name="word" />
    <span>{words.notWatched}</span>
  </p>
)

/** Rows that are there and do not open are never passed over in silence. */
export function Unopened({ count }: { count: number }) {
  if (!count) return null
  return (
    <Notice amber still>
      <p>{plural(words.brief.unopened, count)}</p>
    </Notice>
  )
}
