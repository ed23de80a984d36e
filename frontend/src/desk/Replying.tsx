import words from 'messages/desk'
import { useState } from 'preact/hooks'
import { put } from '../api/index.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button, Field, Form } from '../elements/index.ts'
import { dayAndTime } from '../elements/when.ts'
import { fill } from '../text.ts'
import { keep, letGo, unsaved } from '../unsaved/index.ts'
import type { DeskShare, Reply } from './data.ts'

const { reply: says } = words
const MOST = 4000

interface Writing {
  id: string
  text: string
}

export interface ReplyingProps {
  share: DeskShare
  replies: readonly Reply[]
  onReplied: (replies: Reply[]) => void
}

/** Words for the patient. What is being written outlives a look at the check-ins, and is sent once. */
export function Replying({ share, replies, onReplied }: ReplyingProps) {
  const key = `reply ${share.id}`
  const writing = unsaved<Writing>(key)
  const sending = useSending()
  const [sent, setSent] = useState(false)
  const write = (text: string) => {
    setSent(false)
    if (text) keep(key, { id: writing?.id ?? crypto.randomUUID(), text })
    else letGo(key)
  }
  const send = async () => {
    if (!writing?.text.trim()) return
    const path = { share_id: share.id, reply_id: writing.id }
    await sending.run(async () => {
      const { data } = await put('/desk/{share_id}/replies/{reply_id}', {
        path,
        body: { text: writing.text },
      })
      letGo(key)
      setSent(true)
      onReplied([...replies.filter(({ id }) => id !== data.id), data])
    })
  }
  return (
    <section class="stack tight">
      <h2>{says.title}</h2>
      <p class="soft">{fill(says.detail, { name: share.patient ?? '' })}</p>
      <Form id="reply" onSubmit={send}>
        <Field label={says.label} multiline maxLength={MOST} value={writing?.text ?? ''} onInput={write} />
      </Form>
      <FormFailure of={sending} />
      <div class="row">
        <Button form="reply" busy={sending.busy}>
          {says.send}
        </Button>
        <span role="status">{sent && says.sent}</span>
      </div>
      {replies.length > 0 && <Before replies={replies} />}
    </section>
  )
}

/** Sent before, the latest first. */
function Before({ replies }: { replies: readonly Reply[] }) {
  const latest = [...replies].sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
  return (
    <div class="stack tight">
      <h3>{says.before}</h3>
      {latest.map(({ id, at, text }) => (
        <div key={id}>
          <p class="soft small">{dayAndTime(at)}</p>
          <p class="told">{text}</p>
        </div>
      ))}
    </div>
  )
}
