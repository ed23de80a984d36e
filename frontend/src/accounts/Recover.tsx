import { batch } from '@preact/signals'
import words from 'messages/accounts'
import { useState } from 'preact/hooks'
import { post } from '../api/index.ts'
import { welcomeOwner } from '../app/owner.ts'
import { go } from '../app/router.ts'
import { FormFailure, ToMend, useSending } from '../app/useSending.tsx'
import { Button, Field, Form, Screen } from '../elements/index.ts'
import { CodeScreen } from './CodeScreen.tsx'
import { useCode } from './code.tsx'
import { holdCode } from './freshCode.ts'
import { NewPassword } from './NewPassword.tsx'

const EMPTY = { login_name: '', recovery_code: '', new_password: '' }

/** Coming back without the password: the code is spent, and a new one told. */
export function RecoverScreen() {
  const sending = useSending()
  const code = useCode(sending)
  const [draft, setDraft] = useState(EMPTY)
  const field = (name: keyof typeof EMPTY) => ({
    value: draft[name],
    onInput: (value: string) => setDraft((before) => ({ ...before, [name]: value })),
    error: sending.fault(`#/${name}`),
  })
  const send = () => code.run((given) => recover(draft, given))
  if (code.asked) return <CodeScreen of={code} sending={sending} send={send} action={words.recover} />
  const action = (
    <Button kind="primary" full form="recover" busy={sending.busy}>
      {words.recover}
    </Button>
  )
  return (
    <Screen title={words.recoverTitle} back="/sign-in" action={action}>
      <p>{words.recoverWhy}</p>
      <Form id="recover" onSubmit={send}>
        <FormFailure of={sending} />
        <Field
          label={words.loginName}
          exact
          name="username"
          autocomplete="username"
          {...field('login_name')}
        />
        <Field label={words.recoveryCode} hint={words.recoveryCodeHint} exact {...field('recovery_code')} />
        <NewPassword label={words.newPassword} {...field('new_password')} />
      </Form>
    </Screen>
  )
}

async function recover(draft: typeof EMPTY, code?: string) {
  const empty = (Object.keys(EMPTY) as (keyof typeof EMPTY)[]).find((name) => !draft[name].trim())
  if (empty) throw new ToMend({ [`#/${empty}`]: words.fillIn })
  const joined = (await post('/recovery', { body: { ...draft, code }, asVisitor: true })).data
  batch(() => {
    welcomeOwner(joined.account)
    holdCode(joined.recovery_code)
    go('/recover/code', { instead: true })
  })
}
