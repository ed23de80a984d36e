import words from 'messages/deposits'
import { useState } from 'preact/hooks'
import { type Addition, type Deposit, get } from '../api/index.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { back } from '../app/router.ts'
import type { ScreenRoute } from '../app/routes.ts'
import { loadCatalogue } from '../catalogue/index.ts'
import { Lexicon } from '../catalogue/lexicon.ts'
import type { Catalogue } from '../catalogue/types.ts'
import { Button, Screen } from '../elements/index.ts'
import { dayAndTime } from '../elements/when.ts'
import { inJournal } from '../offline/index.ts'
import { fetchAdditions } from '../sessions/data.ts'
import { fill } from '../text.ts'
import { Conflict } from './Conflict.tsx'
import { fileNow, waitsFor } from './filing.ts'
import { Invalid, NoSession, Unopened } from './Refused.tsx'
import { additionsOf } from './version.ts'

export interface OneProps {
  deposit: Deposit
  lexicon: Lexicon
  /** "2 of 3", and from which phone it came. */
  head: string
  /** It is settled, and no longer waits. */
  onSettled: () => Promise<void>
  /** It changed meanwhile: looks at all of them anew. */
  onAgain: () => void
  /** That was asked for. */
  again: boolean
  onLater: () => void
}

interface Found {
  deposits: Deposit[]
  catalogue: Catalogue
  additions: Addition[]
}

/** What came from a phone and could not be put into the journal by itself: one decision a screen, newest last. */
export function WaitingScreen(_: ScreenRoute) {
  const loaded = useLoaded(fetchWaiting)
  const [at, setAt] = useState(0)
  const [stale, setStale] = useState<string>()
  const deposits = loaded.data?.deposits
  const deposit = deposits?.[at]
  if (!deposit) return <None>{deposits ? undefined : <Loaded of={loaded}>{() => null}</Loaded>}</None>
  const onSettled = async () => {
    await inJournal([deposit.id])
    const rest = deposits.filter((each) => each !== deposit)
    waitsFor(rest.length)
    if (at >= rest.length) back('/today')
    else loaded.set({ ...loaded.data!, deposits: rest })
  }
  const { catalogue, additions } = loaded.data!
  const lexicon = new Lexicon(catalogue, [...additions, ...additionsOf(deposit)])
  const One = deposit.state === 'conflict' ? Conflict : REFUSED[deposit.reason ?? 'does-not-open']
  return (
    <One
      key={`${deposit.id} ${deposit.stored?.check_in?.revision}`}
      deposit={deposit}
      lexicon={lexicon}
      head={headOf(deposit, at + 1, deposits.length)}
      onSettled={onSettled}
      again={stale === deposit.id}
      onAgain={() => {
        setStale(deposit.id)
        loaded.again()
      }}
      onLater={() => (at + 1 < deposits.length ? setAt(at + 1) : back('/today'))}
    />
  )
}

const REFUSED = { invalid: Invalid, 'no-session': NoSession, 'does-not-open': Unopened }

async function fetchWaiting(): Promise<Found> {
  await fileNow()
  const [{ data }, catalogue, additions] = await Promise.all([
    get('/deposits'),
    loadCatalogue(),
    fetchAdditions(),
  ])
  const deposits = data.items
    .filter(({ state }) => state !== 'waiting')
    .sort((a, b) => a.stored_at.localeCompare(b.stored_at))
  waitsFor(deposits.length)
  return { deposits, catalogue, additions }
}

function headOf({ device_name, reason, stored_at }: Deposit, number: number, of: number): string {
  const from = fill(reason === 'does-not-open' ? words.unopened.from : words.one.from, {
    phone: device_name ?? words.unopened.unknown,
    time: dayAndTime(stored_at),
  })
  return of > 1 ? `${fill(words.one.place, { number, of })} ${from}` : from
}

function None({ children }: { children: preact.ComponentChildren }) {
  const action = !children && (
    <Button kind="primary" full href="/today">
      {words.one.toToday}
    </Button>
  )
  return (
    <Screen title={words.one.title} back="/today" action={action}>
      {children ?? <p>{words.one.none}</p>}
    </Screen>
  )
}
