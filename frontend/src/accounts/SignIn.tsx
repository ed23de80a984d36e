import words from 'messages/accounts'
import { useState } from 'preact/hooks'
import { post } from '../api/index.ts'
import { welcomeOwner } from '../app/owner.ts'
import { FormFailure, ToMend, useSending } from '../app/useSending.tsx'
import { Button, Field, Form, PasswordField, Screen } from '../elements/index.ts'
import { CodeScreen } from './CodeScreen.tsx'
import { useCode } from './code.tsx'

/** Coming back. Where the person was going is in the address, and the shell goes there. */
export function SignInScreen() {
  const sending = useSending()
  const code = useCode(sending)
  const [loginName, setLoginName] = useState('')
  const [password, setPassword] = useState('')
  const send = () => code.run((given) => signIn(loginName, password, given))
  if (code.asked) return <CodeScreen of={code} sending={sending} send={send} action={words.signIn} />
  const action = (
    <Button kind="primary" full form="sign-in" busy={sending.busy}>
      {words.signIn}
    </Button>
  )
  return (
    <Screen title={words.signInTitle} back="/welcome" action={action}>
      <Form id="sign-in" onSubmit={send}>
        <FormFailure of={sending} />
        <Field
          label={words.loginName}
          value={loginName}
          onInput={setLoginName}
          error={sending.fault('#/login_name')}
          exact
          name="username"
          autocomplete="username"
        />
        <PasswordField
          label={words.password}
          value={password}
          onInput={setPassword}
          error={sending.fault('#/password')}
          name="password"
        />
      </Form>
      <div class="stack tight">
        <p>
          {words.forgot} <a href="/recover">{words.useRecoveryCode}</a>
        </p>
        <p>
          {words.newHere} <a href="/sign-up">{words.signUp}</a>
        </p>
      </div>
    </Screen>
  )
}

/** Signs in, or throws what stands in the way. */
export async function signIn(login_name: string, password: string, code?: string): Promise<void> {
  if (!login_name.trim()) throw new ToMend({ '#/login_name': words.fillIn })
  if (!password) throw new ToMend({ '#/password': words.fillIn })
  const body = { login_name, password, code }
  welcomeOwner((await post('/sign-ins', { body, asVisitor: true })).data.account)
}
