import words from 'messages/rereading'
import type { NotReread } from '../api/index.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import type { ScreenRoute } from '../app/routes.ts'
import { loadCatalogue } from '../catalogue/index.ts'
import type { Moment } from '../catalogue/types.ts'
import { Button, ListLink, Screen } from '../elements/index.ts'
import { dayAndTime, weekdayAndTime } from '../elements/when.ts'
import { fill } from '../text.ts'
import { fetchRereading } from './data.ts'
import { SomeGoOn } from './GoesOn.tsx'

interface Found {
  open: NotReread[]
  later: NotReread[]
  moments: readonly Moment[]
}

/** Everything that is still to be re-read: what can be now, and from when on the rest can be. */
export function RereadingScreen(_: ScreenRoute) {
  const loaded = useLoaded(fetchAll)
  return (
    <Screen title={words.title} back="/today" action={loaded.data && <Begin open={loaded.data.open} />}>
      <Loaded of={loaded}>{(found) => <Everything found={found} />}</Loaded>
    </Screen>
  )
}

async function fetchAll(): Promise<Found> {
  const [{ items }, { moments }] = await Promise.all([fetchRereading(), loadCatalogue()])
  return { open: items.filter(({ open }) => open), later: items.filter(({ open }) => !open), moments }
}

function Begin({ open: [first, ...more] }: { open: NotReread[] }) {
  return (
    <Button kind="primary" full href={first ? `/re-read/${first.check_in_id}` : '/today'}>
      {first ? (more.length ? words.startFirst : words.start) : words.toToday}
    </Button>
  )
}

function Everything({ found: { open, later, moments } }: { found: Found }) {
  if (!open.length && !later.length) return <p>{words.none}</p>
  return (
    <>
      <p>{words.why}</p>
      <SomeGoOn />
      <Items title={words.open} items={open} moments={moments} address="/re-read" />
      <Items title={words.later} items={later} moments={moments} address="/check-ins" />
    </>
  )
}

interface ItemsProps {
  title: string
  items: NotReread[]
  moments: readonly Moment[]
  address: string
}

function Items({ title, items, moments, address }: ItemsProps) {
  if (!items.length) return null
  return (
    <section class="stack tight">
      <h2>{title}</h2>
      <ul class="list plain">
        {items.map(({ check_in_id, moment, happened_at, held_until, open }) => (
          <ListLink
            key={check_in_id}
            to={`${address}/${check_in_id}`}
            name={moments.find(({ id }) => id === moment)?.label}
            more={
              dayAndTime(happened_at) +
              (open ? '' : `; ${fill(words.from, { time: weekdayAndTime(held_until) })}`)
            }
          />
        ))}
      </ul>
    </section>
  )
}
