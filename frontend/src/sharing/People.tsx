import words from 'messages/sharing'
import { useState } from 'preact/hooks'
import { post, remove } from '../api/index.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button, Dialog } from '../elements/index.ts'
import { longDay } from '../elements/when.ts'
import { fill } from '../text.ts'
import { Digits } from './Digits.tsx'
import { verifiedOf } from './say.ts'
import type { Pin } from './types.ts'

/** Everybody whose keys the patient keeps. */
export function People({ pins, again }: { pins: readonly Pin[]; again: () => void }) {
  if (!pins.length) return null
  return (
    <section class="stack tight">
      <h2>{words.people.title}</h2>
      <ul class="list plain">
        {pins.map((pin) => (
          <Person key={pin.id} pin={pin} again={again} />
        ))}
      </ul>
      <div>
        <Button kind="plain" icon="add" href="/meet">
          {words.people.meet}
        </Button>
      </div>
    </section>
  )
}

function Person({ pin, again }: { pin: Pin; again: () => void }) {
  return (
    <li class="list-link">
      <span>
        {pin.name}
        {linesOf(pin).map((line) => (
          <span class="hint below" key={line}>
            {line}
          </span>
        ))}
      </span>
      <div class="row">
        <Compare pin={pin} again={again} />
        {pin.shares === 0 && <Forget pin={pin} again={again} />}
      </div>
    </li>
  )
}

const linesOf = ({ verified, met_at, left, key_differs }: Pin): string[] => [
  verifiedOf(verified, words),
  fill(words.people.since, { day: longDay(met_at) }),
  ...(left ? [words.people.left] : []),
  ...(key_differs ? [words.people.differs] : []),
]

/** Their digits; somebody who is not verified yet is verified by comparing them. */
function Compare({ pin, again }: { pin: Pin; again: () => void }) {
  const { people } = words
  const [open, setOpen] = useState(false)
  const sending = useSending()
  const { name } = pin
  const due = pin.verified === 'not_verified' && !pin.key_differs && !pin.left
  const same = () => sending.run(() => post('/pins/{pin_id}/comparison', { path: { pin_id: pin.id } }))
  const compared = async () => {
    if (!(await same())) return
    setOpen(false)
    again()
  }
  return (
    <>
      <Button onClick={() => setOpen(true)} label={fill(due ? people.compareOf : people.showOf, { name })}>
        {due ? people.compare : people.show}
      </Button>
      <Dialog title={fill(people.digitsOf, { name })} open={open} onClose={() => setOpen(false)}>
        <p>{fill(due ? people.how : people.what, { name })}</p>
        <Digits of={pin.digits} label={fill(people.digitsOf, { name })} />
        {due && <p>{fill(people.different, { name })}</p>}
        <FormFailure of={sending} />
        {due && (
          <Button kind="primary" full busy={sending.busy} onClick={compared}>
            {people.same}
          </Button>
        )}
      </Dialog>
    </>
  )
}

function Forget({ pin: { id, name }, again }: { pin: Pin; again: () => void }) {
  const { people } = words
  const [open, setOpen] = useState(false)
  const sending = useSending()
  const forget = async () => {
    if (await sending.run(() => remove('/pins/{pin_id}', { path: { pin_id: id } }))) again()
  }
  return (
    <>
      <Button onClick={() => setOpen(true)} label={fill(people.forgetOf, { name })}>
        {people.forget}
      </Button>
      <Dialog
        title={fill(people.forgetTitle, { name })}
        open={open}
        onClose={() => setOpen(false)}
        closeLabel={people.keep}
      >
        <p>{people.forgetDetail}</p>
        <FormFailure of={sending} />
        <Button kind="amber" full busy={sending.busy} onClick={forget}>
          {people.forget}
        </Button>
      </Dialog>
    </>
  )
}
