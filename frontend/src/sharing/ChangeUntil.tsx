import words from 'messages/sharing'
import { useState } from 'preact/hooks'
import { put } from '../api/index.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button, Dialog, Form } from '../elements/index.ts'
import { type Draft, lastDay, missing } from './draft.ts'
import type { ShareDetail } from './types.ts'
import { UntilFields } from './UntilFields.tsx'
import { endOf } from './until.ts'

/** Another end, sooner or later. */
export function ChangeUntil({ share, again }: { share: ShareDetail; again: () => void }) {
  const [open, setOpen] = useState(false)
  const [ends, setEnds] = useState<Pick<Draft, 'ends' | 'day'>>({ day: '' })
  const [checked, setChecked] = useState(false)
  const sending = useSending()
  const fault = missing('until', { id: '', chosen: [], whatFor: '', name: '', ask: '', ...ends })
  const use = async () => {
    setChecked(true)
    if (fault) return
    const body = { until: endOf(lastDay(ends)) }
    const done = await sending.run(() =>
      put('/shares/{share_id}/until', { path: { share_id: share.id }, body }),
    )
    if (!done) return
    setOpen(false)
    again()
  }
  return (
    <div>
      <Button onClick={() => setOpen(true)}>{words.one.changeUntil}</Button>
      <Dialog title={words.course.until} open={open} onClose={() => setOpen(false)}>
        <Form id="until" onSubmit={use}>
          <UntilFields
            value={ends}
            onChange={(change) => setEnds({ ...ends, ...change })}
            fault={checked && fault ? words.course[fault] : undefined}
          />
          <FormFailure of={sending} />
          <Button kind="primary" full form="until" busy={sending.busy}>
            {words.one.useUntil}
          </Button>
        </Form>
      </Dialog>
    </div>
  )
}
