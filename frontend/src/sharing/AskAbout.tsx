import common from 'messages/common'
import words from 'messages/sharing'
import { useState } from 'preact/hooks'
import { put } from '../api/index.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button, Field, Form } from '../elements/index.ts'
import { fill } from '../text.ts'
import { keep, letGo, unsaved } from '../unsaved/index.ts'
import { nameOf } from './say.ts'
import type { ShareDetail } from './types.ts'

/** What the patient would like to be asked about. */
export function AskAbout({ share }: { share: ShareDetail }) {
  const { id, ask = '' } = share
  const key = `ask ${id}`
  const sending = useSending()
  const [kept, setKept] = useState(ask)
  const [saved, setSaved] = useState(false)
  const text = unsaved<string>(key) ?? kept
  const write = (typed: string) => {
    setSaved(false)
    if (typed === kept) letGo(key)
    else keep(key, typed)
  }
  const save = async () => {
    const sent = text.trim()
    const done = await sending.run(() =>
      put('/shares/{share_id}/ask', { path: { share_id: id }, body: { text: sent } }),
    )
    if (!done) return
    letGo(key)
    setKept(sent)
    setSaved(true)
  }
  return (
    <Form id="ask" onSubmit={save}>
      <Field
        label={words.one.ask}
        hint={fill(words.one.askHint, { name: nameOf(share, words) })}
        multiline
        maxLength={4000}
        value={text}
        onInput={write}
      />
      <FormFailure of={sending} />
      <div class="row">
        <Button form="ask" busy={sending.busy}>
          {common.save}
        </Button>
        <span role="status">{saved && common.saved}</span>
      </div>
    </Form>
  )
}
