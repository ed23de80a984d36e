import words from 'messages/sharing'
import { useState } from 'preact/hooks'
import { Unreachable } from '../api/index.ts'
import { cardShown, cardWasSent } from '../app/card.ts'
import { Failure } from '../app/Failure.tsx'
import { askOwner, isTherapist, owner, unasked } from '../app/owner.ts'
import { back } from '../app/router.ts'
import type { ScreenRoute } from '../app/routes.ts'
import { Button, Field, Form, Loading, Screen } from '../elements/index.ts'
import { CardScreen, Kept } from './CardScreen.tsx'
import { cardIn } from './card.ts'
import type { Pin } from './types.ts'

/** Meeting somebody to share with: by the card they showed, or how to be shown one. */
export function MeetScreen(_: ScreenRoute) {
  const card = cardShown.value
  const [kept, setKept] = useState<Pin>()
  // The card is of no more use.
  const onKept = (pin: Pin) => {
    setKept(pin)
    cardShown.value = undefined
  }
  if (owner.value === undefined) return <Unknown />
  if (owner.value === null) return <SignInFirst card={card !== undefined} />
  if (isTherapist()) return <ForPatients />
  if (card) return <CardScreen card={card} key={card} onKept={onKept} />
  return kept ? <Kept pin={kept} /> : <HowToMeet />
}

/** Nobody knows yet who is signed in. */
function Unknown() {
  return (
    <Screen title={words.meet.title}>
      {unasked.value ? <Failure of={new Unreachable()} again={askOwner} /> : <Loading />}
    </Screen>
  )
}

/** A therapist opened a code, perhaps their own. */
function ForPatients() {
  return (
    <Screen title={words.meet.title} back="/desk">
      <p>{words.meet.forPatients}</p>
    </Screen>
  )
}

function SignInFirst({ card }: { card: boolean }) {
  const action = (
    <>
      <Button kind="primary" full href={`/sign-in?to=${encodeURIComponent('/meet')}`}>
        {words.meet.signIn}
      </Button>
      <Button full href="/sign-up">
        {words.meet.signUp}
      </Button>
    </>
  )
  return (
    <Screen title={card ? words.meet.signInTitle : words.meet.title} back="/welcome" action={action}>
      {card ? <p class="lead">{words.meet.signInDetail}</p> : <Steps />}
      <p>{words.meet.signInNew}</p>
    </Screen>
  )
}

function Steps() {
  return (
    <ol class="stack tight">
      {words.meet.steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  )
}

function HowToMeet() {
  const [link, setLink] = useState('')
  const [fault, setFault] = useState<string>()
  const look = () => {
    const pasted = cardIn(link, location.origin)
    if ('fault' in pasted) setFault(words.meet[pasted.fault])
    else {
      cardWasSent.value = true
      cardShown.value = pasted.card
    }
  }
  return (
    <Screen title={words.meet.title} back={() => back('/sharing')}>
      <Steps />
      <p>{words.meet.then}</p>
      <section class="stack">
        <h2>{words.meet.afarTitle}</h2>
        <p>{words.meet.afar}</p>
        <Form id="link" onSubmit={look}>
          <Field label={words.meet.link} value={link} onInput={setLink} error={fault} exact />
          <Button full form="link">
            {words.meet.look}
          </Button>
        </Form>
      </section>
    </Screen>
  )
}
