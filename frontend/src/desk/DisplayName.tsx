import words from 'messages/desk'
import { useState } from 'preact/hooks'
import { Problem } from '../api/index.ts'
import { changeSettings, takeStored } from '../app/mySettings.ts'
import { FormFailure, ToMend, useSending } from '../app/useSending.tsx'
import { Button, Field, Form } from '../elements/index.ts'

const { card: says } = words

/** A code needs a name that patients know. Nothing else of the settings is touched. */
export function DisplayName({ onNamed }: { onNamed: () => void }) {
  const [name, setName] = useState('')
  const sending = useSending()
  const use = async () => {
    const display_name = name.trim()
    if (!display_name) throw new ToMend({ '#/display_name': says.nameMissing })
    try {
      await changeSettings({ display_name })
    } catch (failure) {
      if (!(failure instanceof Problem && failure.is('changed-elsewhere'))) throw failure
      takeStored(failure)
      await changeSettings({ display_name })
    }
    onNamed()
  }
  return (
    <Form id="display-name" onSubmit={() => sending.run(use)}>
      <h2>{says.nameTitle}</h2>
      <Field
        label={says.name}
        hint={says.nameHint}
        value={name}
        onInput={setName}
        maxLength={80}
        autocomplete="name"
        error={sending.fault('#/display_name')}
      />
      <FormFailure of={sending} />
      <div>
        <Button kind="primary" type="submit" busy={sending.busy}>
          {says.useName}
        </Button>
      </div>
    </Form>
  )
}
