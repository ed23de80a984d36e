import words from 'messages/accounts'
import { useState } from 'preact/hooks'
import { post } from '../api/index.ts'
import { home } from '../app/doors.ts'
import { owner, welcomeOwner } from '../app/owner.ts'
import { go } from '../app/router.ts'
import { FormFailure, ToMend, useSending } from '../app/useSending.tsx'
import { Button, Field, Form, Screen } from '../elements/index.ts'
import { fill } from '../text.ts'
import { Copies } from './Copies.tsx'
import { dropCode, groupsOf, heldCode, sameGroup, twoOf } from './freshCode.ts'

/** The recovery code, told once: look, keep a copy, type part of it back. */
export function RecoveryCodeScreen() {
  const code = heldCode()
  const [checking, setChecking] = useState(false)
  if (!code) return <Gone />
  if (checking) return <TypeBack code={code} onLook={() => setChecking(false)} key="back" />
  return <Look code={code} onGoOn={() => setChecking(true)} key="look" />
}

function Look({ code, onGoOn }: { code: string; onGoOn: () => void }) {
  const title = fill(words.codePrinted, { name: owner.value?.login_name ?? '' })
  const action = (
    <Button kind="primary" full onClick={onGoOn}>
      {words.codeKept}
    </Button>
  )
  return (
    <Screen title={words.codeTitle} action={action}>
      <p>{words.codeWhy}</p>
      <ol class="code plain" translate={false}>
        {groupsOf(code).map((group, place) => (
          <li key={group}>
            <span class="soft small">{place + 1}</span> {group}
          </li>
        ))}
      </ol>
      <Copies title={title} code={code} file={words.codeFile} lost={words.codeLost} />
    </Screen>
  )
}

function TypeBack({ code, onLook }: { code: string; onLook: () => void }) {
  const groups = groupsOf(code)
  const [asked] = useState(() => twoOf(groups.length))
  const [typed, setTyped] = useState<Record<number, string>>({})
  const sending = useSending()
  const confirm = async () => {
    const wrong = asked.filter((place) => !sameGroup(typed[place] ?? '', groups[place]!))
    if (wrong.length)
      throw new ToMend(Object.fromEntries(wrong.map((place) => [`#/${place}`, words.groupWrong])))
    await post('/account/recovery-code/confirmation')
    dropCode()
    if (owner.value) welcomeOwner({ ...owner.value, recovery_code_confirmed: true })
    go(home(), { instead: true })
  }
  const action = (
    <Button kind="primary" full form="type-back" busy={sending.busy}>
      {words.codeConfirm}
    </Button>
  )
  return (
    <Screen title={words.typeBackTitle} back={onLook} backLabel={words.codeLookAgain} action={action}>
      <p>{words.typeBack}</p>
      <Form id="type-back" onSubmit={() => sending.run(confirm)}>
        {asked.map((place) => (
          <Field
            key={place}
            label={fill(words.group, { number: place + 1 })}
            value={typed[place] ?? ''}
            onInput={(value) => setTyped((before) => ({ ...before, [place]: value }))}
            error={sending.fault(`#/${place}`)}
            exact
          />
        ))}
        <FormFailure of={sending} />
      </Form>
    </Screen>
  )
}

/** The page was loaded anew, and the code with it gone. */
function Gone() {
  const action = (
    <Button kind="primary" full href="/settings/recovery-code">
      {words.codeNew}
    </Button>
  )
  return (
    <Screen title={words.codeGone} back="/" action={action}>
      <p>{words.codeGoneDetail}</p>
    </Screen>
  )
}
