import words from 'messages/sharing'
import { useState } from 'preact/hooks'
import { post, put } from '../api/index.ts'
import { cardShown, cardWasSent } from '../app/card.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button, Notice, Screen } from '../elements/index.ts'
import { fill } from '../text.ts'
import { Digits } from './Digits.tsx'
import type { CardRead, Pin } from './types.ts'

const putAway = () => {
  cardShown.value = undefined
}

/** Whose card it is, and whether to keep them. */
export function CardScreen({ card, onKept }: { card: string; onKept: (pin: Pin) => void }) {
  const loaded = useLoaded(async () => (await post('/cards/reading', { body: { card } })).data, [card])
  if (loaded.data) return <Whose card={card} read={loaded.data} onKept={onKept} />
  return (
    <Screen title={words.meet.whose} back="/sharing">
      <Loaded of={loaded}>{() => null}</Loaded>
      {loaded.failure !== undefined && (
        <>
          <p>{words.meet.again}</p>
          <div>
            <Button onClick={putAway}>{words.meet.title}</Button>
          </div>
        </>
      )}
    </Screen>
  )
}

interface WhoseProps {
  card: string
  read: CardRead
  onKept: (pin: Pin) => void
}

function Whose({ card, read, onKept }: WhoseProps) {
  const { name, purpose, digits, pin_id } = read
  const sending = useSending()
  const [id] = useState(() => pin_id ?? crypto.randomUUID())
  const sent = cardWasSent.value
  const keep = () =>
    sending.run(async () =>
      onKept((await put('/pins/{pin_id}', { path: { pin_id: id }, body: { card, sent } })).data),
    )
  const action = (
    <>
      <FormFailure of={sending} />
      <Button kind="primary" full busy={sending.busy} onClick={keep}>
        {fill(words.meet.yes, { name })}
      </Button>
      <Button full onClick={putAway}>
        {words.meet.no}
      </Button>
    </>
  )
  return (
    <Screen title={words.meet.whose} back="/sharing" action={action}>
      <p>
        {words.meet.theName} <strong class="lead">{name}</strong>
      </p>
      {pin_id && <p>{fill(words.meet.already, { name })}</p>}
      {purpose === 'in_person' && !sent ? (
        <p>{fill(words.meet.in_person, { name })}</p>
      ) : (
        <ByLink name={name} />
      )}
      <details>
        <summary>{words.meet.digits}</summary>
        <Digits of={digits} label={words.meet.digits} />
      </details>
    </Screen>
  )
}

function ByLink({ name }: { name: string }) {
  return (
    <Notice amber still title={words.meet.linkTitle}>
      <p>{fill(words.meet.linkDetail, { name })}</p>
    </Notice>
  )
}

/** Kept; the way leads on to sharing. */
export function Kept({ pin: { id, name } }: { pin: Pin }) {
  const action = (
    <>
      <Button kind="primary" full href={`/sharing/new?with=${id}`}>
        {fill(words.meet.goOn, { name })}
      </Button>
      <Button full href="/sharing">
        {words.meet.notNow}
      </Button>
    </>
  )
  return (
    <Screen title={name} back="/sharing" action={action}>
      <p role="status">{fill(words.meet.kept, { name })}</p>
    </Screen>
  )
}
