import words from 'messages/deposits'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button, Notice } from '../elements/index.ts'
import { plural } from '../text.ts'
import { held, heldPutOff, sendHeld } from './held.ts'

/** What this phone can no longer deliver itself, for the person whose it is. */
export function HeldHere({ putOff }: { putOff?: boolean }) {
  const sending = useSending()
  const count = held.value.length
  if (!count || (putOff && heldPutOff.value)) return null
  return (
    <Notice title={plural(words.held, count)}>
      <p>{words.held.detail}</p>
      <FormFailure of={sending} />
      <div class="row">
        <Button busy={sending.busy} onClick={() => sending.run(sendHeld)}>
          {words.held.send}
        </Button>
        {putOff && (
          <Button
            kind="plain"
            onClick={() => {
              heldPutOff.value = true
            }}
          >
            {words.notNow}
          </Button>
        )}
      </div>
    </Notice>
  )
}
