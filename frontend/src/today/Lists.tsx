import reminders from 'messages/reminders'
import words from 'messages/today'
import type { Step, Today } from '../api/index.ts'
import type { Moment } from '../catalogue/types.ts'
import { Button, ListLink } from '../elements/index.ts'
import { dayAndTime } from '../elements/when.ts'
import { fill } from '../text.ts'
import { addressOf, type Plan } from './arrange.ts'

const nameOf = (moments: readonly Moment[], id: string | undefined) =>
  moments.find((moment) => moment.id === id)?.label ?? ''

/** What else can be done now. */
export function Open({ plan, moments }: { plan: Plan; moments: readonly Moment[] }) {
  return (
    <section class="stack tight">
      <h2>{words.alsoOpen}</h2>
      <ul class="list plain">
        {plan.open.map((step) => (
          <ListLink
            key={addressOf(step)}
            to={addressOf(step)}
            name={nameOf(moments, step.moment)}
            more={until(step)}
          />
        ))}
        <ListLink to="/check-in/anytime" name={words.anytime} />
        {!plan.open.some(({ moment }) => moment === 'before') && plan.next?.moment !== 'before' && (
          <ListLink to="/check-in/before" name={words.before} />
        )}
        <ListLink to="/sessions/new" name={words.addSession} />
      </ul>
    </section>
  )
}

function until({ check_in_id, closes_at }: Step): string {
  const time = closes_at && fill(words.until, { time: dayAndTime(closes_at) })
  return [check_in_id && words.begunShort, time].filter(Boolean).join(', ')
}

/** What opens later, and when; and a way to be reminded of it. */
export function Later({ today, moments }: { today: Today; moments: readonly Moment[] }) {
  const { later: steps, session } = today
  if (!steps.length) return null
  return (
    <section class="stack tight">
      <h2>{words.later}</h2>
      <ul class="plain stack tight">
        {steps.map((step) => (
          <li key={addressOf(step)}>
            {nameOf(moments, step.moment)}
            {step.opens_at && (
              <span class="soft below"> {fill(words.opens, { time: dayAndTime(step.opens_at) })}</span>
            )}
          </li>
        ))}
      </ul>
      {session && steps.some(({ session_id }) => session_id === session.id) && (
        <div>
          <Button href={`/sessions/${session.id}/reminders`}>{reminders.title}</Button>
        </div>
      )}
    </section>
  )
}

/** Follow-ups that the next session closed. They were not missed. */
export function Closed({ today, moments }: { today: Today; moments: readonly Moment[] }) {
  if (!today.superseded.length) return null
  return (
    <section class="stack tight">
      <h2>{words.superseded}</h2>
      <ul class="plain stack tight soft">
        {today.superseded.map(({ session_id, moment }) => (
          <li key={`${session_id} ${moment}`}>
            <a href={`/sessions/${session_id}`}>
              {fill(words.supersededBare, { name: nameOf(moments, moment) })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
