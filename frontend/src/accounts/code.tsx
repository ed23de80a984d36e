import words from 'messages/accounts'
import { useState } from 'preact/hooks'
import { Problem } from '../api/index.ts'
import { type Sending, ToMend } from '../app/useSending.tsx'
import { Button, Field } from '../elements/index.ts'

/** What a request that lets somebody in may need besides the password: the code of a second factor. The password stays
 * in memory meanwhile. */
export function useCode(sending: Sending) {
  const [asked, setAsked] = useState(false)
  const [code, setCode] = useState('')
  /** Answers whether it went through; where a code is asked for instead, the field for it comes. */
  const run = async (task: (code?: string) => Promise<unknown>): Promise<boolean> => {
    let through = false
    await sending.run(async () => {
      if (asked && !code.trim()) throw new ToMend({ '#/code': words.fillIn })
      try {
        await tried(() => task(asked ? code : undefined))
        through = true
      } catch (failure) {
        if (!(failure instanceof Problem && failure.is('second-factor-needed'))) throw failure
        setAsked(true)
      }
    })
    return through
  }
  const drop = () => {
    setAsked(false)
    setCode('')
    sending.clear()
  }
  const field = asked && <CodeField value={code} onInput={setCode} error={sending.fault('#/code')} recovery />
  return { asked, run, drop, field }
}

/** A code that is refused is said at its field. */
export async function tried<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } catch (failure) {
    if (!(failure instanceof Problem && failure.is('second-factor-refused'))) throw failure
    throw new ToMend({ '#/code': `${failure.title}. ${failure.detail}` })
  }
}

export interface CodeFieldProps {
  value: string
  onInput: (value: string) => void
  error?: string
  /** A recovery code may be given instead: for letters, another keyboard. */
  recovery?: boolean
}

/** The six digits that an app shows now. */
export function CodeField({ value, onInput, error, recovery }: CodeFieldProps) {
  const [letters, setLetters] = useState(false)
  const change = () => {
    onInput('')
    setLetters(!letters)
  }
  return (
    <div class="stack tight">
      <Field
        label={letters ? words.factorRecoveryCode : words.factorCode}
        hint={letters ? words.factorRecoveryCodeHint : words.factorCodeHint}
        value={value}
        onInput={onInput}
        error={error}
        exact
        name="one-time-code"
        autocomplete={letters ? 'off' : 'one-time-code'}
        inputMode={letters ? 'text' : 'numeric'}
      />
      {recovery && (
        <div>
          <Button kind="plain" onClick={change}>
            {letters ? words.factorUseApp : words.factorUseRecovery}
          </Button>
        </div>
      )}
    </div>
  )
}
