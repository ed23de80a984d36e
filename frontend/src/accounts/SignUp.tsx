import { batch } from '@preact/signals'
import words from 'messages/accounts'
import { useState } from 'preact/hooks'
import { get, post } from '../api/index.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { welcomeOwner } from '../app/owner.ts'
import { go } from '../app/router.ts'
import { FormFailure, ToMend, useSending } from '../app/useSending.tsx'
import { Button, Field, Form, Notice, Screen } from '../elements/index.ts'
import { holdCode } from './freshCode.ts'
import { NewPassword } from './NewPassword.tsx'

type Mode = 'open' | 'invitation' | 'closed'

/** Somebody new makes a journal. */
export function SignUpScreen() {
  const registration = useLoaded(
    async () => (await get('/registration', { asVisitor: true })).data.mode as Mode,
  )
  const sending = useSending()
  const [draft, setDraft] = useState(() => ({ login_name: '', password: '', invitation: fromLink() }))
  const [invited, setInvited] = useState(draft.invitation !== '')
  const open = registration.data === 'open' || registration.data === 'invitation'
  const action = open && (
    <Button kind="primary" full form="sign-up" busy={sending.busy}>
      {invited ? words.join : words.signUp}
    </Button>
  )
  const send = () => sending.run(() => signUp(draft, invited || registration.data === 'invitation'))
  const field = (name: keyof typeof draft) => ({
    value: draft[name],
    onInput: (value: string) => setDraft((before) => ({ ...before, [name]: value })),
    error: sending.fault(`#/${name}`),
  })
  return (
    <Screen title={invited ? words.signUpInvited : words.signUpTitle} back="/welcome" action={action}>
      <Loaded of={registration}>
        {(mode) =>
          mode === 'closed' ? (
            <Notice still title={words.closed}>
              {words.closedDetail}
            </Notice>
          ) : (
            <Form id="sign-up" onSubmit={send}>
              {(invited || mode === 'invitation') && (
                <Field label={words.invitation} hint={words.invitationHint} exact {...field('invitation')} />
              )}
              <Field
                label={words.loginName}
                hint={words.loginNameHint}
                exact
                name="username"
                autocomplete="username"
                {...field('login_name')}
              />
              <NewPassword {...field('password')} />
              <p class="soft">{words.noReset}</p>
              <FormFailure of={sending} />
            </Form>
          )
        }
      </Loaded>
      {registration.data === 'open' && !invited && (
        <div>
          <Button kind="plain" onClick={() => setInvited(true)}>
            {words.haveInvitation}
          </Button>
        </div>
      )}
      <p>
        {words.haveOne} <a href="/sign-in">{words.signIn}</a>
      </p>
    </Screen>
  )
}

/** An invitation's code may be in the fragment of the address, which no server is told. It does not stay there. */
function fromLink(): string {
  const code = location.hash.slice(1)
  if (code) history.replaceState(history.state, '', location.pathname + location.search)
  return code
}

async function signUp(draft: { login_name: string; password: string; invitation: string }, invited: boolean) {
  const { invitation, ...needed } = draft
  if (invited && !invitation.trim()) throw new ToMend({ '#/invitation': words.fillIn })
  if (!needed.login_name.trim()) throw new ToMend({ '#/login_name': words.fillIn })
  if (!needed.password) throw new ToMend({ '#/password': words.fillIn })
  const body = invited ? { ...needed, invitation: invitation.trim() } : needed
  const joined = (await post('/accounts', { body, asVisitor: true })).data
  batch(() => {
    holdCode(joined.recovery_code)
    welcomeOwner(joined.account)
    go('/recover/code', { instead: true })
  })
}
