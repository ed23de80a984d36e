import words from 'messages/sharing'
import { post } from '../api/index.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button } from '../elements/index.ts'
import { dayAndTime } from '../elements/when.ts'
import { fill } from '../text.ts'
import { nameOf } from './say.ts'
import type { ShareDetail } from './types.ts'

/** What was answered, the newest first. */
export function Replies({ share, again }: { share: ShareDetail; again: () => void }) {
  const sending = useSending()
  const { id, replies, unread_replies } = share
  if (!replies.length) return null
  const read = async () => {
    const path = { share_id: id }
    if (await sending.run(() => post('/shares/{share_id}/replies-read', { path }))) again()
  }
  const newest = [...replies].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
  return (
    <section class="stack">
      <h2>{fill(words.one.replies, { name: nameOf(share, words) })}</h2>
      {newest.map(({ id: reply, at, text }) => (
        <div key={reply}>
          <p class="soft small">{dayAndTime(at)}</p>
          <p class="told">{text}</p>
        </div>
      ))}
      <FormFailure of={sending} />
      {unread_replies > 0 && (
        <div>
          <Button icon="check" busy={sending.busy} onClick={read}>
            {words.one.markRead}
          </Button>
        </div>
      )}
    </section>
  )
}
