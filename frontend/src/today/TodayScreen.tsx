import words from 'messages/today'
import { get, type Today } from '../api/index.ts'
import { START } from '../app/doors.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { loadSettings, mySettings } from '../app/mySettings.ts'
import { owner } from '../app/owner.ts'
import type { ScreenRoute } from '../app/routes.ts'
import { loadCatalogue } from '../catalogue/index.ts'
import type { Moment } from '../catalogue/types.ts'
import { landingPutOff } from '../checkins/putOff.ts'
import { FromPhones } from '../deposits/FromPhones.tsx'
import { filing } from '../deposits/filing.ts'
import { Button, Notice, Screen } from '../elements/index.ts'
import { longDay } from '../elements/when.ts'
import { writer } from '../offline/index.ts'
import { fetchRereading } from '../rereading/data.ts'
import { plural } from '../text.ts'
import { arrange, type Plan } from './arrange.ts'
import { Closed, Later, Open } from './Lists.tsx'
import { NextStep } from './NextStep.tsx'
import { Reread } from './Reread.tsx'
import { Sharing } from './Sharing.tsx'
import { Unsent } from './Unsent.tsx'

interface Found {
  today: Today
  /** How many check-ins can be re-read. */
  toReread: number
  moments: readonly Moment[]
}

export function TodayScreen(_: ScreenRoute) {
  const added = filing.value.filed.filter((one) => one.added).length
  const loaded = useLoaded(fetchToday, [added])
  const plan =
    loaded.data && arrange(loaded.data.today, { putOffUntil: landingPutOff.value, now: Date.now() })
  return (
    <Screen
      title={words.title}
      action={plan ? <LandingAlways plan={plan} /> : loaded.failure !== undefined && <WithoutReading />}
    >
      <p class="soft under-title">{longDay(new Date().toISOString())}</p>
      <Unsent />
      {!plan && <FromPhones />}
      <Loaded of={loaded}>{(found) => <Everything found={found} plan={plan!} />}</Loaded>
    </Screen>
  )
}

async function fetchToday(): Promise<Found> {
  const [{ data: today }, { moments }, rereading] = await Promise.all([
    get('/today'),
    loadCatalogue(),
    // Whatever becomes of this, Today says what comes next.
    fetchRereading().catch(() => undefined),
    mySettings.peek() ?? loadSettings().catch(() => undefined),
  ])
  const toReread = rereading?.items.filter(({ open }) => open).length ?? 0
  return { today, toReread, moments }
}

function Everything({ found, plan }: { found: Found; plan: Plan }) {
  const { today, toReread, moments } = found
  return (
    <>
      <NextStep plan={plan} today={today} moments={moments} toReread={toReread} />
      <Warnings unopened={today.unopened} />
      <FromPhones />
      <Reread count={toReread} />
      <Sharing />
      <Open plan={plan} moments={moments} />
      <Later today={today} moments={moments} />
      <Closed today={today} moments={moments} />
    </>
  )
}

/** The landing check-in is one tap away, whatever else comes next. */
function LandingAlways({ plan }: { plan: Plan }) {
  if (!plan.landing || plan.next?.moment === 'landing') return null
  return (
    <Button kind={plan.next ? 'quiet' : 'primary'} full href={plan.landing}>
      {words.landing.action}
    </Button>
  )
}

/** Where Today cannot be read, a phone that is kept can still be written on. */
function WithoutReading() {
  if (!writer.value) return null
  return (
    <Button full href={START}>
      {words.landing.action}
    </Button>
  )
}

function Warnings({ unopened }: { unopened: number }) {
  return (
    <>
      {owner.value && !owner.value.recovery_code_confirmed && (
        <Notice amber still title={words.recovery.title}>
          <p>{words.recovery.detail}</p>
          <div class="row">
            <Button href="/settings/recovery-code">{words.recovery.action}</Button>
          </div>
        </Notice>
      )}
      {unopened > 0 && (
        <Notice amber still title={words.unopened.title}>
          <p>{plural(words.unopened, unopened)}</p>
        </Notice>
      )}
    </>
  )
}
