import words from 'messages/checkin'
import { useState } from 'preact/hooks'
import { owner } from '../app/owner.ts'
import { go, leaveSteps } from '../app/router.ts'
import { Button, Dialog, Field, Form, Screen } from '../elements/index.ts'
import { atOffset, clock, dayAndTime, deviceZone, rfc3339, typed } from '../elements/when.ts'
import { fill } from '../text.ts'
import { sealedFor } from './here.ts'
import { NeedsYou, OnThisPhone } from './OnThisPhone.tsx'
import { useOneTap } from './oneTap.ts'
import { putOffLanding } from './putOff.ts'
import { Troubles } from './Troubles.tsx'
import { type Turn, wayOut } from './turn.ts'
import { changeVisit } from './underway.ts'

/** The first screen of the landing check-in: now, later or help. */
export function StartScreen({ turn }: { turn: Turn }) {
  useOneTap()
  const safety = turn.catalogue.safety.filter(({ shown }) => shown.includes('start'))
  const sealed = sealedFor(turn.current.id) !== undefined && !owner.value
  const later = () => {
    putOffLanding()
    leaveSteps(wayOut(turn.current))
  }
  return (
    <Screen
      title={words.startTitle}
      large
      back={sealed ? undefined : wayOut(turn.current)}
      action={
        <div class="stack tight">
          <Button kind="primary" full onClick={() => turn.goOn()}>
            {words.start}
          </Button>
          {!sealed && (
            <Button full onClick={later}>
              {words.laterToday}
            </Button>
          )}
          <Button full icon="help" onClick={() => go('/help')}>
            {words.needHelp}
          </Button>
        </div>
      }
    >
      <Troubles />
      {sealed && <NeedsYou />}
      <p>{words.startDetail}</p>
      {safety.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
      <Began turn={turn} />
      {sealed && <OnThisPhone />}
    </Screen>
  )
}

/** When the session began, for one that nobody has told of: a proposal in plain sight, to be changed with a tap. */
function Began({ turn }: { turn: Turn }) {
  const [open, setOpen] = useState(false)
  const visit = turn.current.visit
  if (!visit) return null
  const { happened_at, time_zone } = visit.body.ratings
  const set = (at: string) => {
    const ratings = { ...visit.body.ratings, happened_at: at, time_zone: deviceZone() }
    changeVisit({ ...visit.body, ratings })
    setOpen(false)
  }
  return (
    <div>
      <p class="soft">{fill(words.began, { time: timeOf(happened_at, time_zone) })}</p>
      <Button kind="plain" icon="write" onClick={() => setOpen(true)}>
        {words.change}
      </Button>
      <Dialog title={words.whenTitle} open={open} onClose={() => setOpen(false)}>
        <When at={happened_at} onSet={set} />
      </Dialog>
    </div>
  )
}

const timeOf = (at: string, zone: string) =>
  new Date(at).toDateString() === new Date().toDateString() ? clock(at, zone) : dayAndTime(at, zone)

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

function When({ at, onSet }: { at: string; onSet: (at: string) => void }) {
  const [other, setOther] = useState(typed(new Date(at)).slice(11))
  return (
    <>
      <div class="stack tight">
        {Object.entries(words.ago).map(([minutes, label]) => (
          <Button key={minutes} full onClick={() => onSet(minutesAgo(Number(minutes)))}>
            {label}
          </Button>
        ))}
      </div>
      <Form id="when" onSubmit={() => other && onSet(lastTimeItWas(other))}>
        <Field label={words.anotherTime} type="time" value={other} onInput={setOther} />
        <Button full form="when">
          {words.useThisTime}
        </Button>
      </Form>
    </>
  )
}

/** To five minutes, as people tell it. */
const minutesAgo = (minutes: number): string => {
  const step = 5 * MINUTE
  return atOffset(new Date(Math.round((Date.now() - minutes * MINUTE) / step) * step))
}

/** A landing check-in is of today or of last night: an hour that is still to come was yesterday's. */
function lastTimeItWas(hour: string): string {
  const today = rfc3339(`${typed(new Date()).slice(0, 10)}T${hour}`)
  if (Date.parse(today) <= Date.now()) return today
  return rfc3339(`${typed(new Date(Date.now() - DAY)).slice(0, 10)}T${hour}`)
}
