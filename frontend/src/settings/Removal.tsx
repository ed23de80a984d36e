import common from 'messages/common'
import words from 'messages/settings'
import { useState } from 'preact/hooks'
import { useStepUp } from '../accounts/stepUp.tsx'
import { remove } from '../api/index.ts'
import { Backups } from '../app/Backups.tsx'
import { isTherapist, leave, owner, sayGone } from '../app/owner.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button, Check, Screen } from '../elements/index.ts'
import { forgetPhone } from '../help/phone.ts'
import { forget } from '../offline/index.ts'

/** The end of an account: what goes, what stays elsewhere for a while, and the one button. */
export function RemovalScreen() {
  const sending = useSending()
  const stepUp = useStepUp(sending)
  const [sure, setSure] = useState(false)
  const end = async () => {
    const account = owner.peek()?.id
    await remove('/account')
    forgetPhone()
    if (account) await forget(account).catch(() => {})
    sayGone()
    leave()
  }
  const action = sure && (
    <Button kind="amber" full busy={sending.busy} onClick={() => stepUp.run(end)}>
      {words.deleteAccount}
    </Button>
  )
  return (
    <Screen title={words.parts.delete.label} back="/settings" backLabel={words.title} action={action}>
      <p class="lead">{words.deleteWhat}</p>
      <ul class="stack tight">
        {words.deletePoints.map((point) => (
          <li key={point}>{point}</li>
        ))}
        <li>
          <Backups of="account" />
        </li>
      </ul>
      {!isTherapist() && (
        <div>
          <Button href="/export">{common.takeFirst}</Button>
        </div>
      )}
      <Check label={words.deleteSure} checked={sure} onChange={setSure} />
      <FormFailure of={sending} />
      {stepUp.ask}
    </Screen>
  )
}
