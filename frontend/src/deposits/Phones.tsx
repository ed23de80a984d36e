import common from 'messages/common'
import words from 'messages/deposits'
import { useState } from 'preact/hooks'
import { type Device, put } from '../api/index.ts'
import { FormFailure, ToMend, useSending } from '../app/useSending.tsx'
import { Button, Dialog, Field, Form } from '../elements/index.ts'
import { dayAndTime, shortDay } from '../elements/when.ts'
import { pairing } from '../offline/index.ts'
import { fill } from '../text.ts'
import { deviceHere, devices, dropPhone, loadDevices } from './pairing.ts'

/** Every phone the person keeps or kept. */
export function Phones() {
  const all = devices.value ?? []
  if (!all.length) return <p class="soft">{words.phones.none}</p>
  return (
    <ul class="list plain">
      {all.map((device) => (
        <Phone key={device.id} device={device} here={device.id === deviceHere()} />
      ))}
    </ul>
  )
}

function Phone({ device, here }: { device: Device; here: boolean }) {
  const [renaming, rename] = useState(false)
  if (renaming) {
    return (
      <li class="list-link">
        <Rename device={device} onDone={() => rename(false)} />
      </li>
    )
  }
  return (
    <li class="list-link">
      <span>
        {device.name}
        {here && <strong> · {words.phones.here}</strong>}
        {timesOf(device).map((time) => (
          <span key={time} class="hint below">
            {time}
          </span>
        ))}
      </span>
      {!device.dropped_at && (
        <div class="row">
          <Button onClick={() => rename(true)} label={fill(words.phones.renameOne, { phone: device.name })}>
            {words.phones.rename}
          </Button>
          {device.id !== pairing.value?.device && <Drop device={device} />}
        </div>
      )}
    </li>
  )
}

function timesOf({ paired_at, last_deposit_at, dropped_at }: Device): string[] {
  return [
    fill(words.phones.since, { time: shortDay(paired_at) }),
    last_deposit_at
      ? fill(words.phones.delivered, { time: dayAndTime(last_deposit_at) })
      : words.phones.nothingYet,
    dropped_at === undefined ? undefined : fill(words.phones.dropped, { time: shortDay(dropped_at) }),
  ].filter((time) => time !== undefined)
}

function Rename({ device, onDone }: { device: Device; onDone: () => void }) {
  const sending = useSending()
  const [name, setName] = useState(device.name)
  const form = `rename-${device.id}`
  const save = async () => {
    const done = await sending.run(async () => {
      if (!name.trim()) throw new ToMend({ '#/name': words.phones.fillIn })
      const path = { device_id: device.id }
      await put('/devices/{device_id}', { path, body: { name: name.trim() } })
      await loadDevices()
    })
    if (done) onDone()
  }
  return (
    <span>
      <Form id={form} onSubmit={save}>
        <Field
          label={words.kept.name}
          value={name}
          onInput={setName}
          maxLength={60}
          error={sending.fault('#/name')}
        />
        <FormFailure of={sending} />
        <div class="row">
          <Button form={form} busy={sending.busy}>
            {common.save}
          </Button>
          <Button kind="plain" onClick={onDone}>
            {words.phones.cancel}
          </Button>
        </div>
      </Form>
    </span>
  )
}

function Drop({ device }: { device: Device }) {
  const [open, setOpen] = useState(false)
  const sending = useSending()
  return (
    <>
      <Button onClick={() => setOpen(true)} label={fill(words.phones.dropOne, { phone: device.name })}>
        {words.phones.drop}
      </Button>
      <Dialog
        title={fill(words.phones.dropTitle, { phone: device.name })}
        open={open}
        onClose={() => setOpen(false)}
        closeLabel={words.stop.keepIt}
      >
        <p>{words.phones.dropDetail}</p>
        <FormFailure of={sending} />
        <Button kind="amber" full busy={sending.busy} onClick={() => sending.run(() => dropPhone(device.id))}>
          {words.phones.drop}
        </Button>
      </Dialog>
    </>
  )
}
