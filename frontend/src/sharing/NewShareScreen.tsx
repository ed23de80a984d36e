import words from 'messages/sharing'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { loadSettings, mySettings } from '../app/mySettings.ts'
import { back, spot } from '../app/router.ts'
import type { ScreenRoute } from '../app/routes.ts'
import { Button, Screen } from '../elements/index.ts'
import { weekdayAndTime } from '../elements/when.ts'
import { fetchSessions, sinceEpoch } from '../sessions/data.ts'
import { fill } from '../text.ts'
import { Course } from './Course.tsx'
import { canReceive, fetchPins, fetchShares } from './data.ts'
import type { Draft } from './draft.ts'
import type { Days } from './say.ts'
import type { Pin, Shares } from './types.ts'
import { underway } from './underway.ts'

export interface Ground {
  pins: Pin[]
  /** Every session that has happened, the newest first. */
  days: Days
  heldUntil: string | undefined
}

/** Sharing with somebody: a short course of questions, and at its end exactly what they will see. */
export function NewShareScreen({ query }: ScreenRoute) {
  const asked = { pin: query.get('with') ?? undefined, session: query.get('session') ?? undefined }
  const loaded = useLoaded(() => begin(asked), [asked.pin, asked.session])
  const ground = loaded.data
  if (!ground) {
    return (
      <Screen title={words.course.title} back={() => back('/sharing')}>
        <Loaded of={loaded}>{() => null}</Loaded>
      </Screen>
    )
  }
  if (ground.heldUntil) return <Held until={ground.heldUntil} />
  if (!ground.pins.length) return <Nobody />
  return <Course ground={ground} again={loaded.again} />
}

interface Asked {
  pin: string | undefined
  session: string | undefined
}

async function begin(asked: Asked): Promise<Ground> {
  const [pins, shares, sessions, settings] = await Promise.all([
    fetchPins(),
    fetchShares(),
    fetchSessions(),
    mySettings.peek() ?? loadSettings(),
  ])
  const happened = sessions.rows
    .filter((session) => sinceEpoch(session) <= Date.now())
    .sort((a, b) => sinceEpoch(b) - sinceEpoch(a))
  const days = new Map(happened.map(({ id, ratings }) => [id, ratings.happened_at]))
  const ground = { pins: pins.filter(canReceive), days, heldUntil: shares.held_until }
  // What was begun goes on where the patient comes back to it.
  if (spot.peek() === 0 || !underway.peek()) {
    underway.value = fresh(ground, asked, nameBefore(shares) ?? settings.values.display_name ?? '')
  }
  return ground
}

function fresh({ pins, days }: Ground, { pin, session }: Asked, name: string): Draft {
  const known = pins.find(({ id }) => id === pin) ?? (pins.length === 1 ? pins[0] : undefined)
  const begunAt = session !== undefined && days.has(session)
  return {
    id: crypto.randomUUID(),
    pin: known?.id,
    session: begunAt ? session : days.keys().next().value,
    which: begunAt ? 'this' : undefined,
    chosen: [],
    day: '',
    whatFor: '',
    name,
    ask: '',
  }
}

/** What somebody one shared with knows one as. */
const nameBefore = ({ shares }: Shares): string | undefined => shares.find(({ name }) => name)?.name

/** During a hold nothing more is shared. */
export function Held({ until }: { until: string }) {
  const action = (
    <Button kind="primary" full href="/sharing">
      {words.held.back}
    </Button>
  )
  return (
    <Screen title={words.held.title} back="/sharing" action={action}>
      <p class="lead">{fill(words.held.detail, { time: weekdayAndTime(until) })}</p>
      <p>{words.held.why}</p>
    </Screen>
  )
}

function Nobody() {
  const action = (
    <Button kind="primary" full href="/meet">
      {words.empty.action}
    </Button>
  )
  return (
    <Screen title={words.course.title} back={() => back('/sharing')} action={action}>
      <p>{words.course.nobody}</p>
      <p>{words.empty.next}</p>
    </Screen>
  )
}
