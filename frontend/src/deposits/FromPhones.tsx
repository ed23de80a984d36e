import words from 'messages/deposits'
import { useEffect, useState } from 'preact/hooks'
import { Failure } from '../app/Failure.tsx'
import { owner } from '../app/owner.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button, Notice } from '../elements/index.ts'
import { lossSeen, pairing, storageLost } from '../offline/index.ts'
import { plural } from '../text.ts'
import { fileNow, filing } from './filing.ts'
import { HeldHere } from './HeldHere.tsx'
import { notNow, putOff } from './notNow.ts'
import { OutboxHere } from './OutboxHere.tsx'
import { canKeep, deviceHere, devices, isPhone, keepThisPhone, loadDevices } from './pairing.ts'
import { filedLines, proposal, standing } from './say.ts'

/** What Today says of the phones: what came from them, what waits for a decision, and what is still on this one. */
export function FromPhones() {
  return (
    <>
      <Added />
      <Waiting />
      <HeldHere putOff />
      <OutboxHere />
      <AboutThisPhone />
    </>
  )
}

/** What filing did, in one visible step. */
function Added() {
  const { filed, going, failure } = filing.value
  const named = devices.value ?? []
  const here = deviceHere()
  const others = filed.some(({ added, device_id }) => added && device_id !== here)
  useEffect(() => {
    if (others && !devices.peek()) loadDevices().catch(() => {})
  }, [others])
  const lines = filedLines(filed, here, named, words.filed)
  return (
    <>
      <div role="status" class="quiet">
        {going && <p class="soft">{plural(words.filed.going, filed.length)}</p>}
        {!going && lines.length > 0 && (
          <Notice still>
            {lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </Notice>
        )}
      </div>
      {failure && <Failure of={failure} again={fileNow} />}
    </>
  )
}

function Waiting() {
  const count = filing.value.waiting
  if (!count) return null
  return (
    <Notice amber title={plural(words.waits, count)}>
      <p>{words.waits.detail}</p>
      <div class="row">
        <Button href="/waiting">{words.waits.look}</Button>
      </div>
    </Notice>
  )
}

/** Proposes to keep this phone, or says that what it kept went with its storage. */
function AboutThisPhone() {
  const [able, setAble] = useState(false)
  const sending = useSending()
  const stands = standing(pairing.value, owner.value?.id, devices.value)
  const unkept = stands === 'unkept' && isPhone()
  useEffect(() => {
    if (!unkept || notNow.peek().length === 2) return
    canKeep().then(setAble)
    if (!devices.peek()) loadDevices().catch(() => {})
  }, [unkept])
  const lost = storageLost.value
  const phone = unkept && able
  const what = proposal({ stands, devices: devices.value, phone, lost, notNow: notNow.value })
  if (!what) return null
  if (what === 'lost') return <Lost count={lost} />
  return (
    <Notice still title={words.proposals[what].title}>
      <p>{words.proposals[what].detail}</p>
      <FormFailure of={sending} />
      <div class="row">
        <Button busy={sending.busy} onClick={() => sending.run(keepThisPhone)}>
          {words.keep}
        </Button>
        <Button kind="plain" onClick={() => putOff(what)}>
          {words.notNow}
        </Button>
      </div>
    </Notice>
  )
}

/** Said until it was read. */
function Lost({ count }: { count: number }) {
  return (
    <Notice amber still title={words.lost.title}>
      <p>{plural(words.lost, count)}</p>
      <div class="row">
        <Button onClick={lossSeen}>{words.understood}</Button>
      </div>
    </Notice>
  )
}
