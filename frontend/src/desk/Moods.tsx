import words from 'messages/desk'
import trends from 'messages/trends'
import { dayAndMonth } from '../elements/when.ts'
import { fill } from '../text.ts'
import { Curve } from '../trends/Curve.tsx'
import { liftSentence } from '../trends/phrases.ts'
import { reach } from '../trends/scale.ts'
import { about } from '../trends/spans.ts'
import type { PageProps } from './BriefPage.tsx'
import type { Brief, LentVisit } from './data.ts'

const { brief: says } = words
type Points = Brief['mood']['now']

/** Mood around both sessions at the hours it was told, drawn and in numbers, and how long the lift lasted. */
export function Moods({ brief: { mood, session, before, lift } }: PageProps) {
  const all = [...mood.now, ...mood.before]
  if (!all.length || !session) return null
  const told = [
    { visit: session, points: mood.now },
    ...(before && mood.before.length ? [{ visit: before, points: mood.before }] : []),
  ].filter(({ points }) => points.length)
  const [first, second] = told.map(({ visit, points }) => ({ points, name: dayOf(visit) }))
  return (
    <section class="stack tight">
      <h2>{says.mood}</h2>
      <Curve {...first!} span={reach(all.map(({ hours }) => hours))} other={second} />
      <dl class="brief-moods">
        {told.map(({ visit, points }) => (
          <div key={visit.id}>
            <dt>{dayOf(visit)}</dt>
            <dd class="two-lines">{pointsWords(points)}</dd>
          </div>
        ))}
      </dl>
      <p class="soft small not-printed">{says.moodMeaning}</p>
      {lift && (
        <p>
          <b>{trends.liftTitle}.</b> {liftSentence(lift)}
        </p>
      )}
    </section>
  )
}

const dayOf = ({ happened_at, time_zone }: LentVisit): string => dayAndMonth(happened_at, time_zone)

const pointsWords = (points: Points): string =>
  points.map(({ hours, value }) => fill(says.moodAt, { value, when: spanWords(hours) })).join(', ')

function spanWords(hours: number): string {
  const { unit, count } = about(hours)
  const span = fill(says.spans[unit], { count })
  return hours < 0 ? fill(says.spans.before, { span }) : span
}
