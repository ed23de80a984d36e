import words from 'messages/accounts'
import common from 'messages/common'
import { useState } from 'preact/hooks'
import { leave, owner } from '../app/owner.ts'
import { go } from '../app/router.ts'
import { closeSheet, sheetOpen } from '../app/signInAgain.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button, Dialog, Form, PasswordField } from '../elements/index.ts'
import { anyUnsaved, inTabAlone } from '../unsaved/index.ts'
import { useCode } from './code.tsx'
import { signIn } from './SignIn.tsx'

/** Over the current screen when a sign-in has ended: the same person signs in again and goes on where they were.
 * Somebody else cannot, or they would find the answers of the one before. */
export function SignInSheet() {
  const sending = useSending()
  const code = useCode(sending)
  const [password, setPassword] = useState('')
  const name = owner.value?.login_name ?? ''
  const send = async () => {
    if (await code.run((given) => signIn(name, password, given))) closeSheet(true)
  }
  // The sheet lies over the Help of every screen, which must stay one tap away.
  const help = () => {
    closeSheet(false)
    go('/help')
  }
  return (
    <Dialog title={words.again} open={sheetOpen.value} onClose={() => closeSheet(false)} closeLabel={null}>
      <p>{anyUnsaved.value ? words.againUnsaved : words.againDetail}</p>
      <Form id="sign-in-again" onSubmit={send}>
        <input
          type="text"
          class="unseen"
          autocomplete="username"
          value={name}
          readOnly
          tabIndex={-1}
          aria-hidden
        />
        {code.field || (
          <PasswordField
            label={words.passwordOf.replace('{name}', name)}
            value={password}
            onInput={setPassword}
            error={sending.fault('#/password')}
          />
        )}
        <FormFailure of={sending} />
        <div class="stack tight">
          <Button kind="primary" full form="sign-in-again" busy={sending.busy}>
            {words.signIn}
          </Button>
          <Button kind="plain" onClick={() => closeSheet(false)}>
            {words.notNow}
          </Button>
          <Button kind="plain" icon="help" onClick={help}>
            {common.help}
          </Button>
          <Button kind="plain" onClick={() => leave()}>
            {inTabAlone.value ? words.leaveUnsaved : words.leave}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
