import words from 'messages/today'
import type { Today } from '../api/index.ts'
import type { Moment } from '../catalogue/types.ts'
import { Button, Notice } from '../elements/index.ts'
import { clock, dayAndTime } from '../elements/when.ts'
import { fill } from '../text.ts'
import { addressOf, type Plan } from './arrange.ts'

interface NextProps {
  plan: Plan
  today: Today
  moments: readonly Moment[]
  toReread: number
}

/** The one thing to do next, as the one primary action; or honest words that there is none. */
export function NextStep({ plan, today, moments, toReread }: NextProps) {
  if (plan.empty) return <Beginning />
  if (!plan.next) return <Quiet plan={plan} toReread={toReread} />
  const { next } = plan
  const name = moments.find(({ id }) => id === next.moment)?.label ?? ''
  const session = today.session?.id === next.session_id ? today.session : undefined
  return (
    <section class="panel" aria-labelledby="next">
      <h2 id="next">{name}</h2>
      {session && (
        <p>
          {fill(words.afterSession, {
            number: session.number,
            time: dayAndTime(session.happened_at, session.time_zone),
          })}
        </p>
      )}
      {next.check_in_id && <p>{words.begun}</p>}
      {next.closes_at && <p class="soft">{fill(words.openUntil, { time: dayAndTime(next.closes_at) })}</p>}
      <Button kind="primary" full href={addressOf(next)}>
        {fill(next.check_in_id ? words.goOn : words.checkIn, { name })}
      </Button>
    </section>
  )
}

function Quiet({ plan, toReread }: Pick<NextProps, 'plan' | 'toReread'>) {
  return (
    <section class="stack tight">
      <h2>{toReread ? words.quiet.noCheckIn : words.quiet.title}</h2>
      {plan.landingPutOff ? (
        <p>{fill(words.landing.putOff, { time: clock(new Date(plan.landingPutOff).toISOString()) })}</p>
      ) : (
        <p>{words.quiet.detail}</p>
      )}
    </section>
  )
}

/** An empty journal says what will be here, and offers the one next step below. */
function Beginning() {
  return (
    <>
      <section class="stack tight">
        <h2>{words.empty.title}</h2>
        <p>{words.empty.detail}</p>
        <p>{words.empty.ahead}</p>
      </section>
      <Notice still title={words.landing.question}>
        <p>{words.landing.detail}</p>
      </Notice>
    </>
  )
}
