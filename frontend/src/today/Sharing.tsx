import words from 'messages/sharing'
import { cardShown } from '../app/card.ts'
import { useLoaded } from '../app/Loaded.tsx'
import { Button, ListLink, Notice } from '../elements/index.ts'
import { fetchShares, fetchWaiting } from '../sharing/data.ts'
import { countReady } from '../sharing/ready.ts'
import type { Share } from '../sharing/types.ts'
import { fill, plural } from '../text.ts'

interface Found {
  differing: string[]
  replied: Share[]
  /** How many check-ins can be decided now. */
  ready: number
}

/** What sharing asks of the patient: quiet lines, and amber where keys differ. They come after Today, and where they
 * cannot be read they stay away. */
export function Sharing() {
  const { data } = useLoaded(fetchWhatAsks)
  const lines = [
    ...(cardShown.value ? [{ to: '/meet', text: words.meet.waits }] : []),
    ...(data ? linesOf(data) : []),
  ]
  return (
    <>
      {data?.differing.map((name) => (
        <Differs key={name} name={name} />
      ))}
      {lines.length > 0 && (
        <ul class="list plain">
          {lines.map(({ to, text }) => (
            <ListLink key={to} to={to} name={text} />
          ))}
        </ul>
      )}
    </>
  )
}

async function fetchWhatAsks(): Promise<Found> {
  const live = (await fetchShares()).shares.filter(({ state }) => state === 'live')
  const waits = live.some(({ waiting }) => waiting > 0)
  const names = live.flatMap(({ reviewer }) => (reviewer?.key_differs ? [reviewer.name] : []))
  return {
    differing: [...new Set(names)],
    replied: live.filter(({ unread_replies }) => unread_replies > 0),
    ready: waits ? countReady(await fetchWaiting()) : 0,
  }
}

function linesOf({ replied, ready }: Found): { to: string; text: string }[] {
  return [
    ...replied.map(({ id, reviewer }) => ({
      to: `/sharing/${id}`,
      text: fill(words.replied, { name: reviewer?.name ?? words.somebody }),
    })),
    ...(ready ? [{ to: '/sharing/waiting', text: plural(words.waits, ready) }] : []),
  ]
}

function Differs({ name }: { name: string }) {
  return (
    <Notice amber still title={fill(words.differs.title, { name })}>
      <p>{fill(words.differs.short, { name })}</p>
      <div class="row">
        <Button href="/sharing">{words.differs.look}</Button>
      </div>
    </Notice>
  )
}
