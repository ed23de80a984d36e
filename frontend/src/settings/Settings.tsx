import words from 'messages/settings'
import { useState } from 'preact/hooks'
import { remove } from '../api/index.ts'
import { Failure } from '../app/Failure.tsx'
import { leave, owner } from '../app/owner.ts'
import { choose, type Theme, theme } from '../app/theme.ts'
import { useSending } from '../app/useSending.tsx'
import { Button, Choice, Dialog, Icon, Notice, Screen } from '../elements/index.ts'
import { fill } from '../text.ts'
import { anyUnsaved } from '../unsaved/index.ts'

const PARTS = ['people', 'usual', 'hold', 'sign-ins', 'password', 'recovery-code', 'about', 'delete'] as const
const THEMES: readonly Theme[] = ['system', 'dark', 'light']

export function SettingsScreen() {
  const [look, setLook] = useState(theme())
  const change = (chosen: Theme) => {
    choose(chosen)
    setLook(chosen)
  }
  return (
    <Screen title={words.title}>
      <p class="soft">{fill(words.signedInAs, { name: owner.value?.login_name ?? '' })}</p>
      {owner.value?.recovery_code_confirmed === false && <Unconfirmed />}
      <ul class="list plain">
        {PARTS.slice(0, 3).map((part) => (
          <Part key={part} href={`/settings/${part}`} {...words.parts[part]} />
        ))}
      </ul>
      <Choice
        legend={words.look}
        beside
        value={look}
        onChange={change}
        options={THEMES.map((id) => ({ id, label: words.looks[id] }))}
      />
      <ul class="list plain">
        {PARTS.slice(3).map((part) => (
          <Part key={part} href={part === 'about' ? '/about' : `/settings/${part}`} {...words.parts[part]} />
        ))}
      </ul>
      <SignOut />
    </Screen>
  )
}

function Part({ href, label, hint }: { href: string; label: string; hint: string }) {
  return (
    <li>
      <a class="list-link" href={href}>
        <span>
          {label}
          <br />
          <span class="hint">{hint}</span>
        </span>
        <Icon name="on" />
      </a>
    </li>
  )
}

function Unconfirmed() {
  return (
    <Notice amber still title={words.codeUnconfirmed}>
      <p>{words.codeUnconfirmedDetail}</p>
      <div class="row">
        <Button href="/settings/recovery-code">{words.codeNew}</Button>
      </div>
    </Notice>
  )
}

function SignOut() {
  const sending = useSending()
  const [asking, ask] = useState(false)
  const out = async () => {
    if (await sending.run(() => remove('/sign-ins/current'))) leave()
  }
  return (
    <div class="stack">
      <Button full busy={sending.busy} onClick={() => (anyUnsaved.peek() ? ask(true) : out())}>
        {words.signOut}
      </Button>
      {sending.failure !== undefined && <Failure of={sending.failure} />}
      <Dialog title={words.signOutUnsaved} open={asking} onClose={() => ask(false)} closeLabel={words.stay}>
        <p>{words.signOutUnsavedDetail}</p>
        <Button kind="amber" onClick={out}>
          {words.signOutAnyway}
        </Button>
      </Dialog>
    </div>
  )
}
