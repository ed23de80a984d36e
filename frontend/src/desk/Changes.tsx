import words from 'messages/desk'
import { dayAndMonth } from '../elements/when.ts'
import { Dumbbell } from '../trends/Dumbbells.tsx'
import { markOf } from '../trends/marks.ts'
import { Shape } from '../trends/Shape.tsx'
import type { PageProps } from './BriefPage.tsx'
import { changeLabel } from './say.ts'

const { brief: says } = words
const rated = (value: number) => markOf({ session_id: '', value })

/** The ratings that lie furthest apart, as two signs on one line and in numbers. */
export function Changes({ brief: { changes, session, before }, lexicon }: PageProps) {
  if (!before || !session) return <p class="soft">{says.noBefore}</p>
  if (!changes.length) return <p class="soft">{says.noChanges}</p>
  return (
    <table class="brief-table changes">
      <caption>{says.changes}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="unseen">{says.what}</span>
          </th>
          <td />
          <th scope="col">
            <Shape /> {dayAndMonth(before.happened_at, before.time_zone)}
          </th>
          <th scope="col">
            <Shape filled /> {dayAndMonth(session.happened_at, session.time_zone)}
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={`${change.list}/${change.term ?? change.item}`}>
            <th scope="row" class="label">
              <span class="one-line">{changeLabel(change, lexicon, words)}</span>
            </th>
            <td class="drawn">
              <Dumbbell marks={[rated(change.first), rated(change.second)]} />
            </td>
            <td>{change.first}</td>
            <td>
              <b>{change.second}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
