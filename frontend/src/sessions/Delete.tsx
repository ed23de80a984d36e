import common from 'messages/common'
import words from 'messages/sessions'
import { useState } from 'preact/hooks'
import { Backups } from '../app/Backups.tsx'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button, Dialog } from '../elements/index.ts'

export interface DeleteProps {
  /** The words of the button, of the question and of what will be gone. */
  label: string
  title: string
  detail: string
  onDelete: () => Promise<unknown>
}

/** Deleting, asked once in plain words. */
export function Delete({ label, title, detail, onDelete }: DeleteProps) {
  const [open, setOpen] = useState(false)
  const sending = useSending()
  return (
    <div>
      <Button kind="plain" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog title={title} open={open} onClose={() => setOpen(false)} closeLabel={null}>
        <p>{detail}</p>
        <p class="soft">
          <Backups of="row" />
        </p>
        <p>
          <a href="/export">{common.takeFirst}</a>
        </p>
        <FormFailure of={sending} />
        <div class="stack tight">
          <Button full onClick={() => setOpen(false)}>
            {words.keepIt}
          </Button>
          <Button kind="amber" full busy={sending.busy} onClick={() => sending.run(onDelete)}>
            {common.delete}
          </Button>
        </div>
      </Dialog>
    </div>
  )
}
