import words from 'messages/accounts'
import { useState } from 'preact/hooks'
import { post } from '../api/index.ts'
import { Failure } from '../app/Failure.tsx'
import { useSending } from '../app/useSending.tsx'
import { Button, PasswordField } from '../elements/index.ts'

export interface NewPasswordProps {
  label?: string
  value: string
  onInput: (value: string) => void
  error?: string
}

/** A password of the person's own, or four random words on request. */
export function NewPassword({ label = words.password, value, onInput, error }: NewPasswordProps) {
  const [proposed, propose] = useState('')
  const asking = useSending()
  const ask = () =>
    asking.run(async () => {
      const { passphrase } = (await post('/passphrases', { asVisitor: true })).data
      propose(passphrase)
      onInput(passphrase)
    })
  return (
    <div class="stack tight">
      <PasswordField
        label={label}
        hint={words.passwordHint}
        value={value}
        onInput={onInput}
        error={value && value === proposed ? undefined : error}
        fresh
      />
      <Button icon="dice" busy={asking.busy} onClick={ask}>
        {words.proposeWords}
      </Button>
      <div role="status">
        {proposed && proposed === value && (
          <p class="proposed">
            {words.proposed} <strong translate={false}>{proposed}</strong>
          </p>
        )}
      </div>
      {asking.failure !== undefined && <Failure of={asking.failure} />}
    </div>
  )
}
