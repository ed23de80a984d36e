import words from 'messages/accounts'
import { FormFailure, type Sending } from '../app/useSending.tsx'
import { Button, Form, Screen } from '../elements/index.ts'
import type { useCode } from './code.tsx'

export interface CodeScreenProps {
  of: ReturnType<typeof useCode>
  sending: Sending
  send: () => void
  action: string
}

/** The second question of a sign-in, after the password was right. */
export function CodeScreen({ of, sending, send, action }: CodeScreenProps) {
  const button = (
    <Button kind="primary" full form="code" busy={sending.busy}>
      {action}
    </Button>
  )
  return (
    <Screen title={words.factorAsk} back={of.drop} action={button}>
      <p>{words.factorAskWhy}</p>
      <Form id="code" onSubmit={send}>
        <FormFailure of={sending} />
        {of.field}
      </Form>
    </Screen>
  )
}
