import words from 'messages/sharing'
import { get } from '../api/index.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import type { ScreenRoute } from '../app/routes.ts'
import { Screen } from '../elements/index.ts'
import { Digits } from './Digits.tsx'

/** The digits of the patient's own keys, to be read out. */
export function DigitsScreen(_: ScreenRoute) {
  const loaded = useLoaded(async () => (await get('/digits')).data.digits)
  return (
    <Screen title={words.digits.title} back="/sharing">
      <p>{words.digits.detail}</p>
      <Loaded of={loaded}>{(digits) => <Digits of={digits} label={words.digits.title} />}</Loaded>
      <p class="soft">{words.digits.careful}</p>
    </Screen>
  )
}
