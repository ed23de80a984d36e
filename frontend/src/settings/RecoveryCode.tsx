import words from 'messages/settings'
import { holdCode } from '../accounts/freshCode.ts'
import { useStepUp } from '../accounts/stepUp.tsx'
import { post } from '../api/index.ts'
import { owner, welcomeOwner } from '../app/owner.ts'
import { go } from '../app/router.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button, Screen } from '../elements/index.ts'

/** A new recovery code; the one before stops working. */
export function RecoveryCodePart() {
  const sending = useSending()
  const stepUp = useStepUp(sending)
  const renew = async () => {
    const { recovery_code } = (await post('/account/recovery-code')).data
    holdCode(recovery_code)
    if (owner.value) welcomeOwner({ ...owner.value, recovery_code_confirmed: false })
    go('/recover/code', { instead: true })
  }
  const action = (
    <Button kind="primary" full busy={sending.busy} onClick={() => stepUp.run(renew)}>
      {words.codeNew}
    </Button>
  )
  return (
    <Screen
      title={words.parts['recovery-code'].label}
      back="/settings"
      backLabel={words.title}
      action={action}
    >
      <p>{words.codeWhy}</p>
      <p>{words.codeReplaces}</p>
      <FormFailure of={sending} />
      {stepUp.ask}
    </Screen>
  )
}
