import words from 'messages/sharing'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import type { ScreenRoute } from '../app/routes.ts'
import { loadCatalogue } from '../catalogue/index.ts'
import type { Moment } from '../catalogue/types.ts'
import { Button, ListLink, Screen } from '../elements/index.ts'
import { dayAndTime, weekdayAndTime } from '../elements/when.ts'
import { fill } from '../text.ts'
import { fetchWaiting } from './data.ts'
import { type Ready, readyOf } from './ready.ts'
import type { WaitingCheckIn, WaitingShare } from './types.ts'

interface Found {
  shares: WaitingShare[]
  moments: readonly Moment[]
}

/** Every check-in that waits for the patient's word, by whom it waits for. */
export function WaitingToShareScreen(_: ScreenRoute) {
  const loaded = useLoaded(fetchAll)
  const ready = loaded.data && readyOf(loaded.data.shares)
  return (
    <Screen title={words.waiting.title} back="/sharing" action={ready && <Begin ready={ready} />}>
      <Loaded of={loaded}>{(found) => <Everything found={found} />}</Loaded>
    </Screen>
  )
}

async function fetchAll(): Promise<Found> {
  const [shares, { moments }] = await Promise.all([fetchWaiting(), loadCatalogue()])
  return { shares: shares.filter(({ check_ins }) => check_ins.length), moments }
}

function Begin({ ready: [first, ...more] }: { ready: Ready[] }) {
  return (
    <Button kind="primary" full href={first ? first.address : '/today'}>
      {first ? (more.length ? words.waiting.readFirst : words.waiting.readIt) : words.waiting.toToday}
    </Button>
  )
}

function Everything({ found: { shares, moments } }: { found: Found }) {
  if (!shares.length) return <p>{words.waiting.none}</p>
  return (
    <>
      <p>{words.waiting.why}</p>
      {shares.map(({ share_id, reviewer, check_ins }) => (
        <section class="stack tight" key={share_id}>
          <h2>{fill(words.waiting.forWhom, { name: reviewer })}</h2>
          <ul class="list plain">
            {check_ins.map((row) => (
              <Row key={row.check_in_id} share={share_id} row={row} moments={moments} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function Row({ share, row, moments }: { share: string; row: WaitingCheckIn; moments: readonly Moment[] }) {
  const { check_in_id, moment, happened_at } = row
  return (
    <ListLink
      to={`/sharing/waiting/${share}/${check_in_id}`}
      name={moments.find(({ id }) => id === moment)?.label}
      more={[dayAndTime(happened_at), ...marksOf(row)].join('; ')}
    />
  )
}

const marksOf = ({ state, held_until, changed, to_reread }: WaitingCheckIn): string[] => [
  ...(state === 'held' && held_until
    ? [fill(words.waiting.heldUntil, { time: weekdayAndTime(held_until) })]
    : []),
  ...(changed ? [words.waiting.changed] : []),
  ...(to_reread && state === 'ready' ? [words.waiting.toReread] : []),
]
