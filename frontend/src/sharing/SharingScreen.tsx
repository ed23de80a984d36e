import words from 'messages/sharing'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import type { ScreenRoute } from '../app/routes.ts'
import { Button, ListLink, Screen } from '../elements/index.ts'
import { weekdayAndTime } from '../elements/when.ts'
import { fill, plural } from '../text.ts'
import { fetchDays, fetchPins, fetchShares, isLive } from './data.ts'
import { KeysDiffer } from './KeysDiffer.tsx'
import { People } from './People.tsx'
import { Statement } from './Statement.tsx'
import { type Days, endOfShare, nameOf } from './say.ts'
import type { Pin, Share, Shares } from './types.ts'
import { Unwatched } from './Unwatched.tsx'

interface Found extends Shares {
  pins: Pin[]
  days: Days
}

/** Who can read what, as one page. */
export function SharingScreen(_: ScreenRoute) {
  const loaded = useLoaded(fetchAll)
  return (
    <Screen title={words.title} back="/settings" action={loaded.data && begin(loaded.data)}>
      <Loaded of={loaded}>{(found) => <Everything found={found} again={loaded.again} />}</Loaded>
    </Screen>
  )
}

async function fetchAll(): Promise<Found> {
  const [shares, pins, days] = await Promise.all([fetchShares(), fetchPins(), fetchDays()])
  return { ...shares, pins, days }
}

/** The one thing to do: meet somebody first, then share; nothing while a hold lasts. */
function begin({ pins, held_until }: Found) {
  if (pins.length && held_until) return undefined
  return (
    <Button kind="primary" full href={pins.length ? '/sharing/new' : '/meet'}>
      {pins.length ? words.shareWithSomebody : words.empty.action}
    </Button>
  )
}

function Everything({ found, again }: { found: Found; again: () => void }) {
  const { shares, pins, days, held_until } = found
  const ended = shares.filter((share) => !isLive(share))
  return (
    <>
      <Unwatched />
      {held_until && (
        <p>
          {fill(words.held.detail, { time: weekdayAndTime(held_until) })} {words.held.why}
        </p>
      )}
      <Live shares={shares.filter(isLive)} days={days} met={pins.length > 0} />
      <Ended shares={ended} />
      <People pins={pins} again={again} />
      <Ways waiting={shares.filter(isLive).reduce((sum, { waiting }) => sum + waiting, 0)} />
    </>
  )
}

function Live({ shares, days, met }: { shares: Share[]; days: Days; met: boolean }) {
  if (!shares.length) return <Nothing met={met} />
  return (
    <section class="stack">
      <h2>{words.lead}</h2>
      {shares.map((share) => (
        <div class="stack tight" key={share.id}>
          {share.reviewer?.key_differs && <KeysDiffer name={nameOf(share, words)} />}
          <Statement share={share} days={days} />
        </div>
      ))}
    </section>
  )
}

function Nothing({ met }: { met: boolean }) {
  if (met) return <p>{words.nothingNow}</p>
  return (
    <section class="stack tight">
      <h2>{words.empty.title}</h2>
      <p>{words.empty.detail}</p>
      <p>{words.empty.next}</p>
    </section>
  )
}

function Ended({ shares }: { shares: Share[] }) {
  if (!shares.length) return null
  return (
    <section class="stack tight">
      <h2>{words.ended.title}</h2>
      <ul class="list plain">
        {shares.map((share) => (
          <ListLink
            key={share.id}
            to={`/sharing/${share.id}`}
            name={nameOf(share, words)}
            more={endOfShare(share, words)}
          />
        ))}
      </ul>
    </section>
  )
}

function Ways({ waiting }: { waiting: number }) {
  const ways = [
    { to: '/sharing/waiting', name: words.ways.waiting, more: waiting ? plural(words.waits, waiting) : '' },
    { to: '/sharing/log', name: words.ways.opened },
    { to: '/sharing/digits', name: words.ways.digits },
    { to: '/sharing/returned', name: words.ways.returned },
  ]
  return (
    <section class="stack tight">
      <h2>{words.more}</h2>
      <ul class="list plain">
        {ways.map(({ to, name, more }) => (
          <ListLink key={to} to={to} name={name} more={more} />
        ))}
      </ul>
    </section>
  )
}
