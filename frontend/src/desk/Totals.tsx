import words from 'messages/desk'
import { longDay } from '../elements/when.ts'
import { fill } from '../text.ts'
import type { PageProps } from './BriefPage.tsx'
import type { Brief } from './data.ts'
import { PRINTED } from './paper.ts'
import { sourcesOf } from './say.ts'

const { brief: says } = words
type Series = Brief['instruments'][number]

/** Questionnaires by date, with the published band of each total; the latest are printed. */
export function Totals({ brief: { instruments }, lexicon }: PageProps) {
  if (!instruments.length) return null
  return (
    <section class="stack tight">
      {instruments.map((series) => (
        <One
          key={series.instrument}
          series={series}
          title={lexicon.instrument(series.instrument)?.title ?? series.instrument}
        />
      ))}
    </section>
  )
}

function One({ series: { points, highest }, title }: { series: Series; title: string }) {
  return (
    <table class="brief-table">
      <caption>{fill(says.totalOf, { title, highest })}</caption>
      <thead>
        <tr>
          <th scope="col">{says.date}</th>
          <th scope="col">{says.total}</th>
          <th scope="col">{says.band}</th>
        </tr>
      </thead>
      <tbody>
        {points.map(({ check_in_id, happened_at, total, band }, place) => (
          <tr key={check_in_id} class={place < points.length - PRINTED.totals ? 'not-printed' : undefined}>
            <th scope="row" class="whole">
              {dateOf(happened_at)}
            </th>
            {total === undefined ? <td colSpan={2}>{says.noTotal}</td> : <td>{total}</td>}
            {total !== undefined && <td>{band && fill(says.banded, { ...band })}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The day by the clock of the patient, whichever zone this is read in. */
const dateOf = (at: string): string => longDay(`${at.slice(0, 10)}T12:00:00Z`, 'UTC')

/** Where the bands were published, in small print. */
export function Sources({ instruments }: { instruments: Brief['instruments'] }) {
  const sources = sourcesOf(instruments)
  if (!sources.length) return null
  return (
    <p class="brief-sources">
      {says.sources} {sources.join(' ')}
    </p>
  )
}
