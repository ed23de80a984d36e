import words from 'messages/desk'
import { useEffect, useState } from 'preact/hooks'
import { post } from '../api/index.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { loadSettings } from '../app/mySettings.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button, Field, Screen } from '../elements/index.ts'
import { Qr } from '../elements/Qr.tsx'
import { longDay } from '../elements/when.ts'
import { fill, plural } from '../text.ts'
import { Digits } from './Digits.tsx'
import { DisplayName } from './DisplayName.tsx'
import type { CardMade } from './data.ts'
import { minutesLeft } from './say.ts'

const { card: says } = words
const TICK_MS = 5_000

/** The code that a patient scans, or a link for somebody who is not here. */
export function CardScreen() {
  const settings = useLoaded(loadSettings)
  const [named, setNamed] = useState(false)
  return (
    <Screen title={says.title} back="/desk" backLabel={words.title}>
      <Loaded of={settings}>
        {({ values }) =>
          named || values.display_name ? <Card /> : <DisplayName onNamed={() => setNamed(true)} />
        }
      </Loaded>
    </Screen>
  )
}

const make = async (purpose: 'in_person' | 'link') => (await post('/cards', { body: { purpose } })).data

/** The card stands behind the mark, which no browser sends to a server. */
const addressOf = ({ card }: CardMade): string => `${location.origin}/meet#${card}`

function Card() {
  const made = useLoaded(() => make('in_person'))
  return (
    <Loaded of={made}>
      {(card) => (
        <>
          <InPerson key={card.card} card={card} onAgain={made.again} />
          <section class="stack">
            <h2>{says.digits}</h2>
            <p class="soft">{says.digitsDetail}</p>
            <Digits groups={card.digits} label={says.digits} />
          </section>
          <Link />
        </>
      )}
    </Loaded>
  )
}

function InPerson({ card, onAgain }: { card: CardMade; onAgain: () => void }) {
  const left = useMinutesLeft(card.expires_at)
  return (
    <div class="stack">
      <p>{says.lead}</p>
      {left > 0 && <Qr text={addressOf(card)} label={says.label} />}
      {left > 0 && <p class="lead">{`${card.name}. ${plural(says.left, left)}`}</p>}
      <p class="lead" role="status">
        {left === 0 && says.ended}
      </p>
      {left === 0 && (
        <div>
          <Button kind="primary" onClick={onAgain}>
            {says.again}
          </Button>
        </div>
      )}
    </div>
  )
}

function useMinutesLeft(until: string): number {
  const [left, setLeft] = useState(() => minutesLeft(until, Date.now()))
  useEffect(() => {
    const timer = setInterval(() => setLeft(minutesLeft(until, Date.now())), TICK_MS)
    return () => clearInterval(timer)
  }, [until])
  return left
}

function Link() {
  const sending = useSending()
  const [card, setCard] = useState<CardMade>()
  if (card) return <Made card={card} />
  return (
    <div class="stack tight">
      <FormFailure of={sending} />
      <div>
        <Button busy={sending.busy} onClick={() => sending.run(async () => setCard(await make('link')))}>
          {says.link}
        </Button>
      </div>
    </div>
  )
}

function Made({ card }: { card: CardMade }) {
  const [copied, setCopied] = useState<boolean>()
  const address = addressOf(card)
  const copy = () =>
    navigator.clipboard.writeText(address).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <section class="stack">
      <h2>{says.linkTitle}</h2>
      <p>{fill(says.linkDetail, { day: longDay(card.expires_at) })}</p>
      <Field label={says.linkLabel} value={address} onInput={() => {}} readOnly exact />
      <div class="row">
        <Button kind="primary" onClick={copy}>
          {says.copy}
        </Button>
        <span role="status">{copied !== undefined && (copied ? says.copied : says.notCopied)}</span>
      </div>
    </section>
  )
}
