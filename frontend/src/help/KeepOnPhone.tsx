import words from 'messages/help'
import { useEffect, useState } from 'preact/hooks'
import { mySettings } from '../app/mySettings.ts'
import { Check } from '../elements/index.ts'
import { forgetPhone, keepOnPhone, peopleIn, phonePeople } from './phone.ts'

/** Whether the people of Help stay readable on this phone. Off unless the patient turns it on. */
export function KeepOnPhone() {
  const [on, setOn] = useState(phonePeople() !== undefined)
  const settings = mySettings.value?.values
  useEffect(() => {
    if (on && settings) keepOnPhone(peopleIn(settings))
  }, [on, settings])
  const change = (wanted: boolean) => {
    setOn(wanted)
    if (!wanted) forgetPhone()
  }
  return <Check label={words.keepOnPhone} hint={words.keepOnPhoneHint} checked={on} onChange={change} />
}
