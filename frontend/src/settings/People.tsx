import words from 'messages/settings'
import type { RegionId, Settings } from '../api/index.ts'
import { useLoaded } from '../app/Loaded.tsx'
import { ToMend } from '../app/useSending.tsx'
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

/** Both a name and a number, or neither. */
function contact(pointer: string, name: string, phone: string) {
  const filled = { name: name.trim(), phone: phone.trim() }
  if (!filled.name && !filled.phone) return undefined
  if (!filled.name) throw new ToMend({ [`${pointer}/name`]: words.fillIn })
  if (!filled.phone) throw new ToMend({ [`${pointer}/phone`]: words.fillIn })
  return filled
}

const write = (draft: Draft): Partial<Settings> => ({
  own_contact: contact('#/own_contact', draft.ownName, draft.ownPhone),
  clinic: contact('#/clinic', draft.clinicName, draft.clinicPhone),
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
