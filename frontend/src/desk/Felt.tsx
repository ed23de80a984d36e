import words from 'messages/desk'
import { dayAndMonth } from '../elements/when.ts'
import { fill } from '../text.ts'
import type { PageProps } from './BriefPage.tsx'
import type { LentVisit } from './data.ts'
import { PRINTED } from './paper.ts'
import { passedWords } from './say.ts'

const { brief: says } = words

/** Picked in this session, asked and not picked in those before it. */
export function FirstTime({ brief: { first_time }, lexicon }: PageProps) {
  if (!first_time.length) return null
  return (
    <section>
      <h2>{says.firstTime}</h2>
      <p class="three-lines">{first_time.map((term) => lexicon.label(term)).join(', ')}</p>
    </section>
  )
}

/** How far away it felt at its strongest. */
export function Detachment({ brief: { detachment, session, before } }: PageProps) {
  const told = [
    { visit: session, value: detachment.now },
    { visit: before, value: detachment.before },
  ].flatMap(({ visit, value }) =>
    visit && value !== undefined ? [fill(says.valueOn, { value, day: dayOf(visit) })] : [],
  )
  if (detachment.now === undefined) return null
  return (
    <section>
      <h2>{says.detachment}</h2>
      <p>{told.join(', ')}</p>
    </section>
  )
}

const dayOf = ({ happened_at, time_zone }: LentVisit): string => dayAndMonth(happened_at, time_zone)

/** What bothered: how bad at worst, when it had passed, and how bad it was in the session before. */
export function Bothered({ brief: { bothered, session, before }, lexicon }: PageProps) {
  if (!bothered.length || !session) return null
  return (
    <section>
      <table class="brief-table">
        <caption>{says.bothered}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">{says.what}</span>
            </th>
            <th scope="col" class="whole">
              {dayOf(session)}
            </th>
            <th scope="col">{says.passed}</th>
            {before && (
              <th scope="col" class="whole">
                {dayOf(before)}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {bothered.map((told, place) => (
            <tr key={told.term} class={place < PRINTED.bothered ? undefined : 'not-printed'}>
              <th scope="row">
                <span class="one-line">{lexicon.label(told.term)}</span>
              </th>
              <td>
                <b>{told.now.worst ?? says.picked}</b>
              </td>
              <td class="passed">{passedWords(told.now, lexicon)}</td>
              {before && <td>{told.before && (told.before.worst ?? says.picked)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {bothered.length > PRINTED.bothered && <p class="only-printed soft">{says.more}</p>}
    </section>
  )
}
