import words from 'messages/accounts'
import common from 'messages/common'
import { useState } from 'preact/hooks'
import { Problem, post, remove } from '../api/index.ts'
import { leave, owner, welcomeOwner } from '../app/owner.ts'
import { go } from '../app/router.ts'
import { FormFailure, ToMend, useSending } from '../app/useSending.tsx'
import { Button, Form, Notice, Screen } from '../elements/index.ts'
import { Qr } from '../elements/Qr.tsx'
import { CodeField, tried } from './code.tsx'
import { holdFactorCodes } from './freshCode.ts'
import { useStepUp } from './stepUp.tsx'

interface Begun {
  secret: string
  uri: string
}

/** Setting up the second factor: what it is, the code to scan, and the first code back. */
export function SecondFactorScreen() {
  const [begun, setBegun] = useState<Begun>()
  if (owner.value?.role !== 'therapist') return <NotHere />
  if (begun) return <Scan begun={begun} onBack={() => setBegun(undefined)} key="scan" />
  return <Why onBegun={setBegun} key="why" />
}

function NotHere() {
  return (
    <Screen title={common.notHere} back="/">
      <p>{common.notHereDetail}</p>
    </Screen>
  )
}

function Why({ onBegun }: { onBegun: (begun: Begun) => void }) {
  const due = owner.value?.second_factor_due === true
  const sending = useSending()
  const stepUp = useStepUp(sending)
  const begin = async () => onBegun((await post('/second-factor')).data)
  const action = (
    <Button
      kind="primary"
      full
      busy={sending.busy}
      onClick={() => (due ? sending.run(begin) : stepUp.run(begin))}
    >
      {words.factorBegin}
    </Button>
  )
  return (
    <Screen title={words.factorTitle} back={due ? undefined : '/settings/second-factor'} action={action}>
      <p class="lead">{words.factorWhy}</p>
      <ol class="stack tight">
        {words.factorSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {isSet(sending.failure) ? <SetElsewhere /> : <FormFailure of={sending} />}
      {due && <SignOut />}
      {stepUp.ask}
    </Screen>
  )
}

const isSet = (failure: unknown) => failure instanceof Problem && failure.is('second-factor-set')

/** It was set up on another device since this sign-in began: this one stays half. */
function SetElsewhere() {
  return (
    <Notice amber title={words.factorElsewhere}>
      {words.factorElsewhereDetail}
    </Notice>
  )
}

function SignOut() {
  const sending = useSending()
  const out = async () => {
    if (await sending.run(() => remove('/sign-ins/current'))) leave('/sign-in')
  }
  return (
    <div class="stack tight">
      <FormFailure of={sending} />
      <Button kind="plain" busy={sending.busy} onClick={out}>
        {words.leave}
      </Button>
    </div>
  )
}

function Scan({ begun, onBack }: { begun: Begun; onBack: () => void }) {
  const sending = useSending()
  const [code, setCode] = useState('')
  const confirm = async () => {
    if (!code.trim()) throw new ToMend({ '#/code': words.fillIn })
    const confirmed = await tried(() => post('/second-factor/confirmation', { body: { code } }))
    const { recovery_codes } = confirmed.data
    holdFactorCodes(recovery_codes)
    if (owner.value) welcomeOwner({ ...owner.value, second_factor_due: false })
    go('/second-factor/codes', { instead: true })
  }
  const action = (
    <Button kind="primary" full form="first-code" busy={sending.busy}>
      {words.factorConfirm}
    </Button>
  )
  return (
    <Screen title={words.factorScan} back={onBack} action={action}>
      <p>{words.factorScanHow}</p>
      <Qr text={begun.uri} label={words.factorQr} />
      <p>{words.factorSecret}</p>
      <p class="secret" translate={false}>
        {begun.secret.match(/.{1,4}/g)?.join(' ')}
      </p>
      <Form id="first-code" onSubmit={() => sending.run(confirm)}>
        <CodeField value={code} onInput={setCode} error={sending.fault('#/code')} />
        <FormFailure of={sending} />
      </Form>
    </Screen>
  )
}
