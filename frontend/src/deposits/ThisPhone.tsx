import words from 'messages/deposits'
import settings from 'messages/settings'
import { useEffect } from 'preact/hooks'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { owner } from '../app/owner.ts'
import type { ScreenRoute } from '../app/routes.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button, Loading, Notice, Screen } from '../elements/index.ts'
import { shortDay } from '../elements/when.ts'
import { pairing } from '../offline/index.ts'
import { HeldHere } from './HeldHere.tsx'
import { OutboxHere } from './OutboxHere.tsx'
import { Phones } from './Phones.tsx'
import { askLasting, canKeep, devices, keepThisPhone, lasting, loadDevices } from './pairing.ts'
import { StopUsing } from './StopUsing.tsx'
import { deviceOf, type Standing, standing } from './say.ts'

/** Keeping this browser as "this phone", how it stands with it, and every phone that is kept. */
export function ThisPhoneScreen(_: ScreenRoute) {
  const loaded = useLoaded(loadDevices)
  const able = useLoaded(canKeep).data
  const sending = useSending()
  useEffect(() => void askLasting(), [])
  const stands = standing(pairing.value, owner.value?.id, devices.value)
  const keeps = able && stands !== 'mine' && stands !== 'unknown'
  const action = keeps && (
    <Button kind="primary" full busy={sending.busy} onClick={() => sending.run(keepThisPhone)}>
      {words.keep}
    </Button>
  )
  return (
    <Screen title={words.title} back="/settings" backLabel={settings.title} action={action}>
      <ul class="stack tight">
        {words.what.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <Stands stands={stands} able={able} />
      <FormFailure of={sending} />
      <HeldHere />
      <OutboxHere />
      <section class="stack">
        <h2>{words.phones.title}</h2>
        <Loaded of={loaded}>{() => <Phones />}</Loaded>
      </section>
    </Screen>
  )
}

function Stands({ stands, able }: { stands: Standing; able: boolean | undefined }) {
  if (stands === 'mine') return <Kept />
  if (stands === 'unknown' || able === undefined) return <Loading />
  const about = stands === 'unkept' ? undefined : words.stands[stands]
  return (
    <>
      {about && (
        <Notice still amber={stands === 'dropped'} title={about.title}>
          <p>{about.detail}</p>
        </Notice>
      )}
      {!able && (
        <Notice still amber title={words.unable.title}>
          <p>{words.unable.detail}</p>
        </Notice>
      )}
    </>
  )
}

/** This browser is kept by the person who is signed in. */
function Kept() {
  const device = deviceOf(pairing.value, devices.value)
  const promised = lasting.value
  return (
    <section class="panel" aria-labelledby="kept">
      <h2 id="kept">{words.kept.title}</h2>
      <dl class="facts">
        {device && <Fact name={words.kept.name} value={device.name} />}
        {device && <Fact name={words.kept.since} value={shortDay(device.paired_at)} />}
        {promised !== undefined && (
          <Fact name={words.kept.storage} value={promised ? words.kept.promised : words.kept.notPromised} />
        )}
      </dl>
      <StopUsing device={device?.id ?? pairing.value!.device} />
    </section>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
