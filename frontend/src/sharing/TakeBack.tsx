import words from 'messages/sharing'
import { remove } from '../api/index.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button } from '../elements/index.ts'
import { fill, plural } from '../text.ts'
import { nameOf } from './say.ts'
import type { ShareDetail } from './types.ts'

interface TakeBackProps {
  share: ShareDetail
  /** How many more shares the same person can read by. */
  others: number
  again: () => void
}

/** One tap, and what it does and cannot do is said before it. */
export function TakeBack({ share, others, again }: TakeBackProps) {
  const name = nameOf(share, words)
  const sending = useSending()
  const take = async () => {
    const path = { share_id: share.id }
    if (await sending.run(() => remove('/shares/{share_id}', { path }))) again()
  }
  return (
    <section class="stack tight">
      <h2>{words.one.takeBackTitle}</h2>
      <p>{fill(words.one.takeBackWhat, { name })}</p>
      {others > 0 && <p>{fill(plural(words.one.others, others), { name })}</p>}
      <FormFailure of={sending} />
      <Button kind="amber" full busy={sending.busy} onClick={take}>
        {words.one.takeBack}
      </Button>
    </section>
  )
}
