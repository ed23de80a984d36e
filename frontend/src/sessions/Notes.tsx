import common from 'messages/common'
import words from 'messages/sessions'
import { useState } from 'preact/hooks'
import type { Note } from '../api/index.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button, Dialog, Field, Form } from '../elements/index.ts'
import { dayAndTime, now } from '../elements/when.ts'
import { keep, letGo, unsaved } from '../unsaved/index.ts'

export interface NotesProps {
  /** The row they belong to, to hold what is being written. */
  of: string
  notes: readonly Note[] | undefined
  /** What the button says instead of "Add a note". */
  label?: string
  onAdd: (id: string, note: { text: string; written_at: string }) => Promise<unknown>
}

interface Writing {
  id: string
  text: string
}

/** What was added later. */
export function NotesTold({ notes = [], heading: Heading = 'h2' }: NotesToldProps) {
  if (!notes.length) return null
  return (
    <>
      <Heading>{words.notes}</Heading>
      {notes.map(({ id, text, written_at }) => (
        <div key={id}>
          <p class="soft small">{dayAndTime(written_at)}</p>
          <p class="told">{text}</p>
        </div>
      ))}
    </>
  )
}

interface NotesToldProps {
  notes?: readonly Note[]
  heading?: 'h2' | 'h3'
}

/** What was added later, and a way to add more. What was written before stays as it is. */
export function Notes({ of, notes = [], label = words.addNote, onAdd }: NotesProps) {
  const key = `note ${of}`
  const writing = unsaved<Writing>(key)
  const [open, setOpen] = useState(writing !== undefined)
  const sending = useSending()
  const write = (text: string) =>
    text ? keep(key, { id: writing?.id ?? crypto.randomUUID(), text }) : letGo(key)
  const add = async () => {
    if (!writing?.text.trim()) return
    const { id, text } = writing
    if (!(await sending.run(() => onAdd(id, { text, written_at: now() })))) return
    letGo(key)
    setOpen(false)
  }
  return (
    <section class="stack">
      <NotesTold notes={notes} />
      <div>
        <Button icon="write" onClick={() => setOpen(true)}>
          {label}
        </Button>
      </div>
      <Dialog title={label} open={open} onClose={() => setOpen(false)}>
        <p class="soft">{words.noteDetail}</p>
        <Form id="note" onSubmit={add}>
          <Field
            label={words.note}
            multiline
            maxLength={20_000}
            value={writing?.text ?? ''}
            onInput={write}
          />
          <FormFailure of={sending} />
          <Button kind="primary" full form="note" busy={sending.busy}>
            {common.save}
          </Button>
        </Form>
      </Dialog>
    </section>
  )
}
