import words from 'messages/accounts'
import { useState } from 'preact/hooks'
import { Problem, post } from '../api/index.ts'
import { FormFailure, type Sending, ToMend, useSending } from '../app/useSending.tsx'
import { Button, Dialog, Form, PasswordField } from '../elements/index.ts'

/** Another second factor takes the password too, where one is set. */
const ASKING = ['step-up-needed', 'second-factor-set']

/** Runs what needs the password of the last minutes: where the server asks for it, `ask` is shown, and after it the
 * task runs again. */
export function useStepUp(sending: Sending) {
  const [task, setTask] = useState<() => Promise<unknown>>()
  const run = (wanted: () => Promise<unknown>) =>
    sending.run(async () => {
      try {
        await wanted()
      } catch (failure) {
        if (!(failure instanceof Problem && ASKING.some((slug) => failure.is(slug)))) throw failure
        setTask(() => wanted)
      }
    })
  const close = () => setTask(undefined)
  const ask = task && (
    <PasswordAgain
      onClose={close}
      onDone={() => {
        close()
        sending.run(task)
      }}
    />
  )
  return { run, ask }
}

function PasswordAgain({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const sending = useSending()
  const [password, setPassword] = useState('')
  const send = async () => {
    const given = await sending.run(async () => {
      if (!password) throw new ToMend({ '#/password': words.fillIn })
      await post('/step-up', { body: { password } })
    })
    if (given) onDone()
  }
  return (
    <Dialog title={words.stepUp} open onClose={onClose} closeLabel={words.notNow}>
      <p>{words.stepUpWhy}</p>
      <Form id="step-up" onSubmit={send}>
        <PasswordField
          label={words.password}
          value={password}
          onInput={setPassword}
          error={sending.fault('#/password')}
        />
        <FormFailure of={sending} />
        <Button kind="primary" full form="step-up" busy={sending.busy}>
          {words.goOn}
        </Button>
      </Form>
    </Dialog>
  )
}
