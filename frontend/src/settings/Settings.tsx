import words from 'messages/settings'
import { useState } from 'preact/hooks'
import { isTherapist, owner } from '../app/owner.ts'
import { choose, type Theme, theme } from '../app/theme.ts'
import { Button, Choice, Icon, Notice, Screen } from '../elements/index.ts'
import { fill } from '../text.ts'
import { SignOut } from './SignOut.tsx'

const THERAPISTS_PARTS = [
  'name',
  'second-factor',
  'sign-ins',
  'password',
  'recovery-code',
  'about',
  'delete',
] as const
const PARTS = [
  'this-phone',
  'people',
  'usual',
  'hold',
  'sign-ins',
  'password',
  'recovery-code',
  'export',
  'import',
  'about',
  'delete',
] as const
/** Those with an address of their own. */
const APART: readonly string[] = ['about', 'export', 'import']
const THEMES: readonly Theme[] = ['system', 'dark', 'light']

export function SettingsScreen() {
  const [look, setLook] = useState(theme())
  const change = (chosen: Theme) => {
    choose(chosen)
    setLook(chosen)
  }
  const [first, rest] = isTherapist()
    ? [THERAPISTS_PARTS.slice(0, 2), THERAPISTS_PARTS.slice(2)]
    : [PARTS.slice(0, 4), PARTS.slice(4)]
  return (
    <Screen title={words.title}>
      <p class="soft">{fill(words.signedInAs, { name: owner.value?.login_name ?? '' })}</p>
      {owner.value?.recovery_code_confirmed === false && <Unconfirmed />}
      <ul class="list plain">
        {!isTherapist() && <Part href="/sharing" {...words.sharing} />}
        {first.map((part) => (
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
        {rest.map((part) => (
          <Part
            key={part}
            href={APART.includes(part) ? `/${part}` : `/settings/${part}`}
            {...words.parts[part]}
          />
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
