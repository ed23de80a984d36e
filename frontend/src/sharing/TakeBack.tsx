import words from 'messages/sharing'
import { remove } from '../api/index.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button } from '../elements/index.ts'
import { fill } from '../text.ts'
import { nameOf } from './say.ts'
import type { ShareDetail } from './types.ts'

/** One tap, and what it does and cannot do is said before it. */
export function TakeBack({ share, again }: { share: ShareDetail; again: () => void }) {
  const sending = useSending()
  const take = async () => {
    const path = { share_id: share.id }
    if (await sending.run(() => remove('/shares/{share_id}', { path }))) again()
  }
  return (
    <section class="stack tight">
      <h2>{words.one.takeBackTitle}</h2>
      <p>{fill(words.one.takeBackWhat, { name: nameOf(share, words) })}</p>
      <FormFailure of={sending} />
      <Button kind="amber" full busy={sending.busy} onClick={take}>
        {words.one.takeBack}
      </Button>
    </section>
  )
}
