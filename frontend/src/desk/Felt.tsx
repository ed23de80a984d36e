import words from 'messages/desk'
import { dayAndMonth } from '../elements/when.ts'
import { fill } from '../text.ts'
import type { PageProps } from './BriefPage.tsx'
import { PRINTED } from './paper.ts'
import { botherWords } from './say.ts'

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
export function Detachment({ brief: { detachment, before } }: PageProps) {
  const { now, before: earlier } = detachment
  if (now === undefined) return null
  const was =
    before && earlier !== undefined
      ? fill(says.was, {
          value: now,
          before: earlier,
          day: dayAndMonth(before.happened_at, before.time_zone),
        })
      : String(now)
  return (
    <section>
      <h2>{says.detachment}</h2>
      <p>{was}</p>
    </section>
  )
}

/** What bothered, how bad at worst and when it had passed, beside the session before. */
export function Bothered({ brief: { bothered, session, before }, lexicon }: PageProps) {
  if (!bothered.length || !session) return null
  return (
    <section>
      <table class="brief-table">
        <caption>{says.bothered}</caption>
        <thead>
          <tr>
            <th scope="col">{says.botheredColumn}</th>
            <th scope="col">{dayAndMonth(session.happened_at, session.time_zone)}</th>
            {before && <th scope="col">{dayAndMonth(before.happened_at, before.time_zone)}</th>}
          </tr>
        </thead>
        <tbody>
          {bothered.map((told, place) => (
            <tr key={told.term} class={place < PRINTED.bothered ? undefined : 'not-printed'}>
              <th scope="row" class="label">
                <span class="one-line">{lexicon.label(told.term)}</span>
              </th>
              <td>{botherWords(told.now, lexicon, words)}</td>
              {before && <td>{botherWords(told.before, lexicon, words)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {bothered.length > PRINTED.bothered && <p class="only-printed soft">{says.more}</p>}
    </section>
  )
}
