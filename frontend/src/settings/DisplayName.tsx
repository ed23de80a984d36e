import words from 'messages/settings'
import type { Settings } from '../api/index.ts'
import { Field } from '../elements/index.ts'
import { FormScreen } from './FormScreen.tsx'
import { useSettingsForm } from './useSettingsForm.tsx'

const read = (values: Settings) => ({ name: values.display_name ?? '' })

const write = ({ name }: ReturnType<typeof read>): Partial<Settings> => ({
  display_name: name.trim() || undefined,
})

/** The name by which patients know a therapist. */
export function DisplayNameScreen() {
  const form = useSettingsForm('name', read, write)
  return (
    <FormScreen title={words.parts.name.label} form={form}>
      {({ name }) => (
        <>
          <p>{words.nameWhy}</p>
          <Field
            label={words.displayName}
            hint={words.displayNameHint}
            value={name}
            onInput={(typed) => form.edit({ name: typed })}
            error={form.sending.fault('#/display_name')}
            maxLength={80}
            autocomplete="name"
          />
        </>
      )}
    </FormScreen>
  )
}
