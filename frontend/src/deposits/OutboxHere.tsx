import words from 'messages/deposits'
import { Button, Notice } from '../elements/index.ts'
import { items, sendNow } from '../offline/index.ts'
import { plural } from '../text.ts'
import { outboxOf } from './say.ts'

/** How it stands with what was written on this phone and is not in the journal yet. Nothing while all is there. */
export function OutboxHere() {
  const { here, delivered, late, trouble } = outboxOf(items.value, Date.now())
  if (!here && !delivered) return null
  const lines = (
    <>
      {here > 0 && <p>{plural(words.outbox.here, here)}</p>}
      {delivered > 0 && <p>{plural(words.outbox.delivered, delivered)}</p>}
      {late && <p>{words.outbox.lateDetail}</p>}
      {here > 0 && <p class="soft">{trouble ? words.outbox[trouble] : words.outbox.byItself}</p>}
      {here > 0 && (
        <div class="row">
          <Button onClick={sendNow}>{words.outbox.now}</Button>
        </div>
      )}
    </>
  )
  return late ? (
    <Notice amber title={words.outbox.late}>
      {lines}
    </Notice>
  ) : (
    <Notice>{lines}</Notice>
  )
}
