import words from 'messages/deposits'
import { useState } from 'preact/hooks'
import { owner } from '../app/owner.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button, Dialog } from '../elements/index.ts'
import { items, sendNow } from '../offline/index.ts'
import { plural } from '../text.ts'
import { stopUsing } from './pairing.ts'
import { outboxOf } from './say.ts'

/** The end of this phone as "this phone". What it has not delivered is named before. */
export function StopUsing({ device }: { device: string }) {
  const [open, setOpen] = useState(false)
  const sending = useSending()
  const { here } = outboxOf(items.value, Date.now())
  const stop = () => sending.run(() => stopUsing(device, owner.peek()!.id))
  return (
    <div>
      <Button full onClick={() => setOpen(true)}>
        {words.stop.label}
      </Button>
      <Dialog
        title={words.stop.title}
        open={open}
        onClose={() => setOpen(false)}
        closeLabel={words.stop.keepIt}
      >
        <p>{words.stop.detail}</p>
        {here > 0 && (
          <>
            <p>{plural(words.outbox.here, here)}</p>
            <p class="soft">{words.stop.undelivered}</p>
            <Button full onClick={sendNow}>
              {words.outbox.now}
            </Button>
          </>
        )}
        <FormFailure of={sending} />
        <Button kind="amber" full busy={sending.busy} onClick={stop}>
          {words.stop.label}
        </Button>
      </Dialog>
    </div>
  )
}
