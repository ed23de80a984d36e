import words from 'messages/welcome'
import { useState } from 'preact/hooks'
import { Backups } from '../app/Backups.tsx'
import { Brand } from '../app/Brand.tsx'
import { home } from '../app/doors.ts'
import { owner, wasGone } from '../app/owner.ts'
import { Button, Notice, Screen } from '../elements/index.ts'
import { writer } from '../offline/index.ts'
import { Shore } from './Shore.tsx'

/** The first screen of somebody who is not signed in. */
export function WelcomeScreen() {
  const [gone] = useState(wasGone)
  return (
    <div class="welcome">
      <Shore />
      <Screen title={words.title} head={<Brand href="/welcome" />} action={<Doors />}>
        {gone && <Gone />}
        <p class="lead">{words.lead}</p>
        <ul class="points plain">
          {words.points.map((point) => (
            <li key={point.title}>
              <h2>{point.title}</h2>
              <p class="soft">{point.text}</p>
            </li>
          ))}
        </ul>
        <p>
          <a href="/about">{words.about}</a>
        </p>
      </Screen>
    </div>
  )
}

/** Said once, after an account was deleted. */
function Gone() {
  return (
    <Notice title={words.gone.title}>
      <p>{words.gone.detail}</p>
      <p>
        <Backups of="account" />
      </p>
    </Notice>
  )
}

function Doors() {
  if (owner.value) {
    return (
      <Button kind="primary" full href={home()}>
        {words.goOn}
      </Button>
    )
  }
  if (writer.value) {
    return (
      <>
        <Button kind="primary" full href="/check-in/landing">
          {words.write}
        </Button>
        <Button full href="/sign-in">
          {words.signIn}
        </Button>
      </>
    )
  }
  return (
    <>
      <Button kind="primary" full href="/sign-up">
        {words.signUp}
      </Button>
      <Button full href="/sign-in">
        {words.signIn}
      </Button>
    </>
  )
}
