import words from 'messages/settings'
import type { RouteId, Settings } from '../api/index.ts'
import { useLoaded } from '../app/Loaded.tsx'
import { loadCatalogue } from '../catalogue/index.ts'
import { Field } from '../elements/index.ts'
import { Select } from '../elements/Select.tsx'
import { deviceZone, zones } from '../elements/when.ts'
import { fill } from '../text.ts'
import { FormScreen } from './FormScreen.tsx'
import { useSettingsForm } from './useSettingsForm.tsx'

const read = (values: Settings) => ({
  route: values.usual_route ?? '',
  place: values.usual_place ?? '',
  zone: values.time_zone ?? '',
  evening: values.evening_at ?? '',
})

type Draft = ReturnType<typeof read>

const write = (draft: Draft): Partial<Settings> => ({
  usual_route: (draft.route as RouteId) || undefined,
  usual_place: draft.place.trim() || undefined,
  time_zone: draft.zone || undefined,
  evening_at: draft.evening || undefined,
})

/** What is the same most times, so that it need not be told again. */
export function UsualScreen() {
  const form = useSettingsForm('usual', read, write)
  const routes = useLoaded(loadCatalogue).data?.routes ?? []
  const { edit, sending } = form
  return (
    <FormScreen title={words.parts.usual.label} form={form}>
      {(draft) => (
        <>
          <Select
            label={words.route}
            value={draft.route}
            onChange={(route) => edit({ route })}
            options={[{ id: '', label: words.notSet }, ...routes]}
          />
          <Field
            label={words.place}
            value={draft.place}
            onInput={(place) => edit({ place })}
            error={sending.fault('#/usual_place')}
          />
          <Select
            label={words.zone}
            hint={words.zoneHint}
            value={draft.zone}
            onChange={(zone) => edit({ zone })}
            options={[
              { id: '', label: fill(words.zoneOfDevice, { zone: deviceZone() }) },
              ...zones().map((id) => ({ id, label: id.replaceAll('_', ' ') })),
            ]}
          />
          <Field
            label={words.evening}
            hint={words.eveningHint}
            type="time"
            value={draft.evening}
            onInput={(evening) => edit({ evening })}
            error={sending.fault('#/evening_at')}
          />
        </>
      )}
    </FormScreen>
  )
}
