import words from 'messages/settings'
import { useState } from 'preact/hooks'
import { remove } from '../api/index.ts'
import { Failure } from '../app/Failure.tsx'
import { leave, owner } from '../app/owner.ts'
import { useSending } from '../app/useSending.tsx'
import { Button, Dialog } from '../elements/index.ts'
import { items, pairing } from '../offline/index.ts'
import { plural } from '../text.ts'
import { sealedToo, unsavedKeys } from '../unsaved/index.ts'
import { stayingOf } from './staying.ts'

/** Signing out; before it, what is not in the journal yet and what becomes of it. */
export function SignOut() {
  const sending = useSending()
  const [asking, ask] = useState(false)
  const account = owner.value?.id ?? ''
  const mine = pairing.value
  const { goes, delivered, offered } = stayingOf({
    unsavedKeys: unsavedKeys.value,
    sealedToo: sealedToo.value,
    items: items.value,
    delivers: mine?.account === account && !mine.dropped,
  })
  const out = async () => {
    if (await sending.run(() => remove('/sign-ins/current'))) leave()
  }
  const something = goes || delivered > 0 || offered > 0
  return (
    <div class="stack">
      <Button full busy={sending.busy} onClick={() => (something ? ask(true) : out())}>
        {words.signOut}
      </Button>
      {sending.failure !== undefined && <Failure of={sending.failure} />}
      <Dialog
        title={goes ? words.signOutUnsaved : words.signOutSealed}
        open={asking}
        onClose={() => ask(false)}
        closeLabel={words.stay}
      >
        {goes && <p>{words.signOutUnsavedDetail}</p>}
        {delivered > 0 && <p>{plural(words.signOutStays, delivered)}</p>}
        {offered > 0 && <p>{plural(words.signOutHeld, offered)}</p>}
        <Button kind={goes ? 'amber' : 'quiet'} onClick={out}>
          {goes ? words.signOutAnyway : words.signOut}
        </Button>
      </Dialog>
    </div>
  )
}
