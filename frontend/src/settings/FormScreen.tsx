import common from 'messages/common'
import words from 'messages/settings'
import type { ComponentChildren } from 'preact'
import { Failure } from '../app/Failure.tsx'
import { FormFailure } from '../app/useSending.tsx'
import { Button, Form, Loading, Screen } from '../elements/index.ts'
import { Conflict, type SettingsForm } from './useSettingsForm.tsx'

export interface FormScreenProps<Draft> {
  title: string
  form: SettingsForm<Draft>
  children: (draft: Draft) => ComponentChildren
  after?: ComponentChildren
}

/** One form over the settings, with its Save at the thumb. */
export function FormScreen<Draft>({ title, form, children, after }: FormScreenProps<Draft>) {
  const action = form.draft && (
    <Button kind="primary" full form="settings" busy={form.sending.busy}>
      {common.save}
    </Button>
  )
  return (
    <Screen title={title} back="/settings" backLabel={words.title} action={action}>
      {form.unread !== undefined && <Failure of={form.unread} again={form.again} />}
      {form.draft ? (
        <Form id="settings" onSubmit={form.save}>
          {children(form.draft)}
          {form.conflict ? <Conflict of={form} /> : <FormFailure of={form.sending} />}
          <div role="status">{form.saved && common.saved}</div>
        </Form>
      ) : (
        form.unread === undefined && <Loading />
      )}
      {after}
    </Screen>
  )
}
