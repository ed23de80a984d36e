import words from 'messages/sharing'
import type { ComponentChildren } from 'preact'
import { useLoaded } from '../app/Loaded.tsx'
import { Button } from '../elements/index.ts'
import { fetchReaders } from '../sharing/data.ts'
import { readersOf, readersOfSession } from '../sharing/readers.ts'
import { listed } from '../sharing/say.ts'
import { fill, plural } from '../text.ts'

/** Who can read a check-in; said once the page is there, and not at all where it cannot be known now. */
export function CheckInReadBy({ id }: { id: string }) {
  const { data } = useLoaded(fetchReaders)
  if (!data) return null
  const names = readersOf(data, id)
  return (
    <ReadBy>
      <p>{names.length ? fill(words.readBy.checkIn, { names: listed(names) }) : words.readBy.nobody}</p>
    </ReadBy>
  )
}

/** Who can read something of a session, and a way to share it once it was. */
export function SessionReadBy({ id, happened }: { id: string; happened: boolean }) {
  const { data } = useLoaded(fetchReaders)
  if (!data) return null
  const readers = readersOfSession(data, id)
  return (
    <ReadBy more={happened && <Button href={`/sharing/new?session=${id}`}>{words.readBy.shareThis}</Button>}>
      {readers.length === 0 && <p>{words.readBy.nobody}</p>}
      {readers.map(({ name, count }) => (
        <p key={name}>{fill(plural(words.readBy.session, count), { name })}</p>
      ))}
    </ReadBy>
  )
}

function ReadBy({ children, more }: { children: ComponentChildren; more?: ComponentChildren }) {
  return (
    <section class="stack tight">
      <h2>{words.readBy.title}</h2>
      {children}
      <div class="row">
        {more}
        <Button kind="plain" href="/sharing">
          {words.readBy.manage}
        </Button>
      </div>
    </section>
  )
}
