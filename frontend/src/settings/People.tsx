import words from 'messages/settings'
import type { RegionId, Settings } from '../api/index.ts'
import { useLoaded } from '../app/Loaded.tsx'
import { loadCatalogue } from '../catalogue/index.ts'
import { Field } from '../elements/index.ts'
import { KeepOnPhone } from '../help/KeepOnPhone.tsx'
import { RegionField } from '../help/RegionField.tsx'
import { FormScreen } from './FormScreen.tsx'
import { useSettingsForm } from './useSettingsForm.tsx'

const read = (values: Settings) => ({
  ownName: values.own_contact?.name ?? '',
  ownPhone: values.own_contact?.phone ?? '',
  clinicName: values.clinic?.name ?? '',
  clinicPhone: values.clinic?.phone ?? '',
  region: values.region as RegionId | undefined,
})

type Draft = ReturnType<typeof read>

const contact = (name: string, phone: string) =>
  name.trim() || phone.trim() ? { name: name.trim(), phone: phone.trim() } : undefined

const write = (draft: Draft): Partial<Settings> => ({
  own_contact: contact(draft.ownName, draft.ownPhone),
  clinic: contact(draft.clinicName, draft.clinicPhone),
  region: draft.region,
})

/** Whom to call: what Help shows first. */
export function PeopleScreen() {
  const form = useSettingsForm('people', read, write)
  const catalogue = useLoaded(loadCatalogue)
  const { edit, sending } = form
  return (
    <FormScreen title={words.parts.people.label} form={form} after={<KeepOnPhone />}>
      {(draft) => (
        <>
          <p>{words.peopleWhy}</p>
          <fieldset class="stack">
            <legend class="legend">{words.ownContact}</legend>
            <Field
              label={words.contactName}
              value={draft.ownName}
              onInput={(ownName) => edit({ ownName })}
              error={sending.fault('#/own_contact/name')}
            />
            <Field
              label={words.contactPhone}
              type="tel"
              value={draft.ownPhone}
              onInput={(ownPhone) => edit({ ownPhone })}
              error={sending.fault('#/own_contact/phone')}
            />
          </fieldset>
          <fieldset class="stack">
            <legend class="legend">{words.clinic}</legend>
            <Field
              label={words.contactName}
              value={draft.clinicName}
              onInput={(clinicName) => edit({ clinicName })}
              error={sending.fault('#/clinic/name')}
            />
            <Field
              label={words.contactPhone}
              type="tel"
              value={draft.clinicPhone}
              onInput={(clinicPhone) => edit({ clinicPhone })}
              error={sending.fault('#/clinic/phone')}
            />
          </fieldset>
          <RegionField
            regions={catalogue.data?.help.regions ?? []}
            value={draft.region}
            onChange={(region) => edit({ region })}
          />
        </>
      )}
    </FormScreen>
  )
}
