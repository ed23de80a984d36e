import words from 'messages/settings'
import type { Settings } from '../api/index.ts'
import { Choice } from '../elements/index.ts'
import { plural } from '../text.ts'
import { FormScreen } from './FormScreen.tsx'
import { useSettingsForm } from './useSettingsForm.tsx'

const USUAL = 24
const OFFERED = [4, 12, USUAL, 48, 72]

const read = (values: Settings) => ({ hours: values.hold_hours ?? USUAL })

const write = ({ hours }: ReturnType<typeof read>): Partial<Settings> => ({
  hold_hours: hours === USUAL ? undefined : hours,
})

/** For how long after a dose what is written is held. */
export function HoldScreen() {
  const form = useSettingsForm('hold', read, write)
  return (
    <FormScreen title={words.parts.hold.label} form={form}>
      {({ hours }) => (
        <>
          <p>{words.holdWhy}</p>
          <Choice
            legend={words.hold}
            options={among(hours).map((id) => ({ id, label: plural(words.holdHours, id) }))}
            value={hours}
            onChange={(chosen) => form.edit({ hours: chosen })}
          />
        </>
      )}
    </FormScreen>
  )
}

/** What is offered, and what was set in another way. */
const among = (hours: number): number[] => [...new Set([...OFFERED, hours])].sort((a, b) => a - b)
