import words from 'messages/settings'
import { useState } from 'preact/hooks'
import { NewPassword } from '../accounts/NewPassword.tsx'
import { put } from '../api/index.ts'
import { owner } from '../app/owner.ts'
import { FormFailure, ToMend, useSending } from '../app/useSending.tsx'
import { Button, Form, Notice, PasswordField, Screen } from '../elements/index.ts'

const EMPTY = { current_password: '', new_password: '' }

/** A change of password. All other sign-ins end with it. */
export function PasswordScreen() {
  const sending = useSending()
  const [draft, setDraft] = useState(EMPTY)
  const [changed, setChanged] = useState(false)
  const send = async () => {
    const done = await sending.run(async () => {
      if (!draft.current_password) throw new ToMend({ '#/current_password': words.fillIn })
      if (!draft.new_password) throw new ToMend({ '#/new_password': words.fillIn })
      await put('/account/password', { body: draft })
    })
    setChanged(done)
    if (done) setDraft(EMPTY)
  }
  const field = (name: keyof typeof EMPTY) => ({
    value: draft[name],
    onInput: (value: string) => setDraft((before) => ({ ...before, [name]: value })),
    error: sending.fault(`#/${name}`),
  })
  const action = (
    <Button kind="primary" full form="password" busy={sending.busy}>
      {words.changePassword}
    </Button>
  )
  return (
    <Screen title={words.parts.password.label} back="/settings" backLabel={words.title} action={action}>
      <Form id="password" onSubmit={send}>
        <input
          type="text"
          class="unseen"
          autocomplete="username"
          value={owner.value?.login_name}
          readOnly
          tabIndex={-1}
          aria-hidden
        />
        <PasswordField label={words.currentPassword} {...field('current_password')} />
        <NewPassword label={words.newPassword} {...field('new_password')} />
        <FormFailure of={sending} />
        <div role="status">{changed && <Notice still>{words.passwordChanged}</Notice>}</div>
      </Form>
    </Screen>
  )
}
