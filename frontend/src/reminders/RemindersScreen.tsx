import words from 'messages/reminders'
import { useState } from 'preact/hooks'
import { address, get } from '../api/index.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { loadSettings, mySettings } from '../app/mySettings.ts'
import { back } from '../app/router.ts'
import type { ScreenRoute } from '../app/routes.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { loadCatalogue } from '../catalogue/index.ts'
import { Button, Check, Field, Form, Screen } from '../elements/index.ts'
import { dayAndTime, typed } from '../elements/when.ts'
import { fill } from '../text.ts'
import { type FollowUp, fits, followUps, minutesAfter, propose } from './propose.ts'

/** A follow-up, and whether and when to be reminded of it. */
interface Choice extends FollowUp {
  label: string
  on: boolean
  at: string
}

interface Found {
  choices: Choice[]
  happenedAt: string
}

/** A file for the calendar, with a time for each follow-up of a session that is still to come. */
export function RemindersScreen({ parameters }: ScreenRoute) {
  const id = parameters.id!
  const loaded = useLoaded(() => fetchChoices(id), [id])
  const leave = () => back(`/sessions/${id}`)
  const { data } = loaded
  return data?.choices.length ? (
    <Choosing session={id} found={data} leave={leave} />
  ) : (
    <Screen title={words.title} back={leave}>
      <Loaded of={loaded}>{() => <p>{words.none}</p>}</Loaded>
    </Screen>
  )
}

async function fetchChoices(session: string): Promise<Found> {
  const [{ data: today }, { moments }, settings] = await Promise.all([
    get('/today'),
    loadCatalogue(),
    mySettings.peek() ?? loadSettings().catch(() => undefined),
  ])
  const choices = followUps(today, session).map(({ moment, opens_at, closes_at }) => {
    const of = { moment, opens_at, closes_at }
    const label = moments.find(({ id }) => id === moment)?.label ?? ''
    return { ...of, label, on: true, at: propose(of, settings?.values.evening_at) }
  })
  return { choices, happenedAt: today.session?.happened_at ?? '' }
}

interface ChoosingProps {
  session: string
  found: Found
  leave: () => void
}

function Choosing({ session, found, leave }: ChoosingProps) {
  const [choices, setChoices] = useState(found.choices)
  const [takeOut, setTakeOut] = useState(false)
  const [fault, setFault] = useState<'choose' | 'times'>()
  const [saved, setSaved] = useState(false)
  const sending = useSending()
  const edit = (moment: string, change: Partial<Choice>) => {
    setSaved(false)
    setFault(undefined)
    setChoices(choices.map((each) => (each.moment === moment ? { ...each, ...change } : each)))
  }
  const add = async () => {
    if (choices.some(isAmiss)) return setFault('times')
    const query = asked(choices, found.happenedAt, takeOut)
    if (!Object.keys(query).length) return setFault('choose')
    setFault(undefined)
    setSaved(await sending.run(() => save(session, query)))
  }
  return (
    <Screen
      title={words.title}
      back={leave}
      action={
        <>
          <FormFailure of={sending} />
          <div role="status">{saved ? words.saved : fault === 'choose' && words.choose}</div>
          <Button kind="primary" full form="reminders" busy={sending.busy}>
            {words.add}
          </Button>
        </>
      }
    >
      <p>{words.lead}</p>
      <Form id="reminders" onSubmit={add}>
        {choices.map((choice) => (
          <One key={choice.moment} choice={choice} edit={edit} checked={fault === 'times'} />
        ))}
        {choices.some(({ on }) => !on) && (
          <Check label={words.takeOut} hint={words.takeOutHint} checked={takeOut} onChange={setTakeOut} />
        )}
      </Form>
      <p class="soft">{words.replaces}</p>
      <p class="soft">{words.quiet}</p>
    </Screen>
  )
}

interface OneProps {
  choice: Choice
  edit: (moment: string, change: Partial<Choice>) => void
  checked: boolean
}

function One({ choice, edit, checked }: OneProps) {
  const { moment, label, on, at, opens_at, closes_at } = choice
  const span = { from: dayAndTime(opens_at), until: dayAndTime(closes_at) }
  return (
    <div class="stack tight">
      <Check
        label={label}
        hint={fill(words.open, span)}
        checked={on}
        onChange={(chosen) => edit(moment, { on: chosen })}
      />
      {on && (
        <Field
          label={fill(words.when, { name: label })}
          unseenLabel
          type="datetime-local"
          value={at}
          min={typed(new Date(opens_at))}
          max={typed(new Date(closes_at))}
          onInput={(time) => edit(moment, { at: time })}
          error={checked && isAmiss(choice) ? fill(words.outside, span) : undefined}
        />
      )}
    </div>
  )
}

const isAmiss = (choice: Choice): boolean => choice.on && !fits(choice, new Date(choice.at))

/** What to ask for: a time for what is on; what is off is left out, or taken out of the calendar again. */
function asked(choices: readonly Choice[], session: string, takeOut: boolean): Record<string, string> {
  const wanted = choices.filter(({ on }) => on || takeOut)
  const told = ({ on, at }: Choice) => (on ? `${minutesAfter(session, new Date(at))}` : 'off')
  return Object.fromEntries(wanted.map((choice) => [choice.moment, told(choice)]))
}

const FILE = '/sessions/{row_id}/reminders.ics'

/** Asks for the file once, so that a refusal or an ended sign-in is met here, and then lets the browser fetch it: what
 * takes a calendar file from an address works on every phone. */
async function save(session: string, times: Record<string, string>): Promise<void> {
  const sending = { path: { row_id: session }, query: times }
  await get(FILE, sending)
  location.assign(address(FILE, sending))
}
