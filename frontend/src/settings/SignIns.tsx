import words from 'messages/settings'
import { get, remove, type SignIn } from '../api/index.ts'
import { Failure } from '../app/Failure.tsx'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { leave } from '../app/owner.ts'
import { useSending } from '../app/useSending.tsx'
import { Button, Screen } from '../elements/index.ts'
import { dayAndTime } from '../elements/when.ts'
import { fill } from '../text.ts'

/** Everywhere the person is signed in, and how to end it. */
export function SignInsScreen() {
  const list = useLoaded(async () => (await get('/sign-ins')).data.sign_ins)
  const sending = useSending()
  const end = async (signIn: SignIn) => {
    const path = { name: signIn.id }
    if (await sending.run(() => remove('/sign-ins/{name}', { path }))) list.again()
  }
  const endAll = async () => {
    if (await sending.run(() => remove('/sign-ins'))) leave('/sign-in')
  }
  return (
    <Screen title={words.parts['sign-ins'].label} back="/settings" backLabel={words.title}>
      {sending.failure !== undefined && <Failure of={sending.failure} />}
      <Loaded of={list}>
        {(signIns) => (
          <>
            <ul class="list plain">
              {signIns.map((signIn) => (
                <Row key={signIn.id} signIn={signIn} busy={sending.busy} onEnd={() => end(signIn)} />
              ))}
            </ul>
            <div class="stack tight">
              <p class="soft">{words.endAllWhy}</p>
              <Button kind="amber" full busy={sending.busy} onClick={endAll}>
                {words.endAll}
              </Button>
            </div>
          </>
        )}
      </Loaded>
    </Screen>
  )
}

function Row({ signIn, busy, onEnd }: { signIn: SignIn; busy: boolean; onEnd: () => void }) {
  return (
    <li class="list-link">
      <span>
        {signIn.device}
        {signIn.current && <strong> · {words.thisOne}</strong>}
        <br />
        <span class="hint">
          {fill(words.signInTimes, {
            from: dayAndTime(signIn.signed_in_at),
            seen: dayAndTime(signIn.last_seen_at),
          })}
        </span>
      </span>
      {!signIn.current && (
        <Button busy={busy} onClick={onEnd} label={fill(words.endOn, { device: signIn.device })}>
          {words.end}
        </Button>
      )}
    </li>
  )
}
