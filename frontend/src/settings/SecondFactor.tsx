import words from 'messages/settings'
import { holdFactorCodes } from '../accounts/freshCode.ts'
import { useStepUp } from '../accounts/stepUp.tsx'
import { get, post } from '../api/index.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { go } from '../app/router.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button, Screen } from '../elements/index.ts'
import { plural } from '../text.ts'

/** A therapist's second factor: new recovery codes for it, or another device. */
export function SecondFactorPart() {
  const factor = useLoaded(async () => (await get('/second-factor')).data)
  const sending = useSending()
  const stepUp = useStepUp(sending)
  const renew = async () => {
    holdFactorCodes((await post('/second-factor/recovery-codes')).data.recovery_codes)
    go('/second-factor/codes', { instead: true })
  }
  const action = (
    <Button kind="primary" full busy={sending.busy} onClick={() => stepUp.run(renew)}>
      {words.factorNewCodes}
    </Button>
  )
  return (
    <Screen
      title={words.parts['second-factor'].label}
      back="/settings"
      backLabel={words.title}
      action={action}
    >
      <Loaded of={factor}>
        {({ recovery_codes_left: left }) => <p>{plural(words.factorLeft, left)}</p>}
      </Loaded>
      <p class="soft">{words.factorReplaces}</p>
      <div class="stack tight">
        <p>{words.factorOther}</p>
        <Button full href="/second-factor">
          {words.factorOtherBegin}
        </Button>
      </div>
      <FormFailure of={sending} />
      {stepUp.ask}
    </Screen>
  )
}
