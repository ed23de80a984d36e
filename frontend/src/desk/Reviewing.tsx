import words from 'messages/desk'
import { useState } from 'preact/hooks'
import { post } from '../api/index.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button } from '../elements/index.ts'
import { dayAndTime } from '../elements/when.ts'
import { fill } from '../text.ts'
import type { DeskShare } from './data.ts'

const { review: says } = words

/** Says to the patient that this was read, and when. The page stays as it was read. */
export function Reviewing({ share }: { share: DeskShare }) {
  const sending = useSending()
  const [at, setAt] = useState<string>()
  const name = share.patient ?? ''
  const mark = () =>
    sending.run(async () => {
      const { data } = await post('/desk/{share_id}/reviewed', { path: { share_id: share.id } })
      setAt(data.reviewed_at)
    })
  return (
    <section class="stack tight">
      <h2>{says.title}</h2>
      <p class="soft">
        {fill(says.detail, { name })}
        {share.reviewed_at && !at && ` ${fill(says.last, { time: dayAndTime(share.reviewed_at) })}`}
      </p>
      <FormFailure of={sending} />
      <div role="status">{at && fill(says.done, { name, time: dayAndTime(at) })}</div>
      {!at && (
        <div>
          <Button kind="primary" icon="check" busy={sending.busy} onClick={mark}>
            {says.mark}
          </Button>
        </div>
      )}
    </section>
  )
}
