import messages from 'messages/trends'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { Table } from '../elements/index.ts'
import { longDay } from '../elements/when.ts'
import { fill } from '../text.ts'
import type { Journal, Session, Totals } from './data.ts'
import { useWidth } from './hooks.ts'
import { RouteKey } from './Key.tsx'
import { Nothing, Part } from './Part.tsx'
import { monthName, sessionName } from './phrases.ts'
import { monthsBetween, waves } from './scale.ts'
import { WithTable } from './WithTable.tsx'

const HEIGHT = 152
const TOP = 20
const WATER = 104
const DAY = 86_400_000

/** PHQ-8 and GAD-7 by date: the totals, what span of time each speaks of, and nothing more. */
export function TotalsCharts({ trends: { instruments, sessions }, words }: Journal) {
  if (!instruments.length) return <Nothing />
  return (
    <>
      <p class="soft small">{messages.recall}</p>
      {instruments.map((series) => (
        <One key={series.instrument} series={series} sessions={sessions} words={words} />
      ))}
    </>
  )
}

function One({ series, sessions, words }: { series: Totals; sessions: readonly Session[]; words: Lexicon }) {
  const { title, recall, highest } = words.instrument(series.instrument)!
  const missing = series.points.some(({ total }) => total === undefined)
  return (
    <Part title={title}>
      <p class="soft small">{recall}</p>
      <WithTable
        of={title}
        table={() => <TotalsTable series={series} sessions={sessions} title={title} highest={highest} />}
      >
        <p class="unseen">{fill(messages.totalsSentence, { title, count: series.points.length, highest })}</p>
        <Chart series={series} sessions={sessions} words={words} highest={highest} />
        <RouteKey sessions={sessions} words={words} />
        {missing && <p class="soft small">{messages.noTotalKey}</p>}
      </WithTable>
    </Part>
  )
}

interface ChartProps {
  series: Totals
  sessions: readonly Session[]
  words: Lexicon
  highest: number
}

/** Each total over the two weeks it speaks of; dates run evenly, with the doses below them. */
function Chart({ series: { points }, sessions, words, highest }: ChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>()
  const when = points.map(({ happened_at }) => Date.parse(happened_at))
  const doses = sessions.map(({ happened_at }) => Date.parse(happened_at))
  const from = Math.min(...when, ...doses) - 14 * DAY
  const to = Math.max(...when, ...doses)
  const x = (date: number) => 8 + ((width - 24) * (date - from)) / (to - from)
  const y = (total: number) => WATER - ((WATER - TOP) * total) / highest
  return (
    <div ref={ref}>
      <svg class="curve" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
        <path class="scale" d={`M0 ${TOP}H${width}`} />
        <text x={10} y={TOP - 5}>
          {highest}
        </text>
        <path class="water" d={`M0 ${WATER}${waves(width)}`} />
        <Doses places={doses.map(x)} letters={sessions.map(({ route }) => words.letter(route))} />
        {monthsBetween(from, to).map((month) => (
          <text key={month} x={x(month)} y={WATER + 45}>
            {monthName(month)}
          </text>
        ))}
        {points.map(({ check_in_id, total }, place) => {
          const [start, end] = [x(when[place]! - 14 * DAY), x(when[place]!)]
          return total === undefined ? (
            <path class="picked" key={check_in_id} d={`M${end} ${TOP}V${WATER - 5}`} />
          ) : (
            <path class="recall" key={check_in_id} d={`M${start} ${y(total)}H${end}`} />
          )
        })}
        {points.map(
          ({ check_in_id, total }, place) =>
            total !== undefined && <Dot key={check_in_id} x={x(when[place]!)} y={y(total)} value={total} />,
        )}
      </svg>
    </div>
  )
}

/** Letters that would lie on each other are left out; the sessions' own pages and tables have them all. */
function Doses({ places, letters }: { places: readonly number[]; letters: readonly string[] }) {
  return places.map((x, place) => (
    <g key={place} class="hour dose">
      <path d={`M${x} ${WATER + 4}v7`} />
      {(place === 0 || x - places[place - 1]! >= 16) && (
        <text x={x} y={WATER + 25}>
          {letters[place]}
        </text>
      )}
    </g>
  ))
}

const Dot = ({ x, y, value }: { x: number; y: number; value: number }) => (
  <>
    <circle class="dot" cx={x} cy={y} r={5} />
    <text class="value" x={x} y={y - 9}>
      {value}
    </text>
  </>
)

interface TotalsTableProps {
  series: Totals
  sessions: readonly Session[]
  title: string
  highest: number
}

function TotalsTable({ series, sessions, title, highest }: TotalsTableProps) {
  const nameOf = (id?: string) => {
    const session = sessions.find((one) => one.id === id)
    return session ? sessionName(session) : ''
  }
  return (
    <Table
      caption={title}
      columns={[messages.dateColumn, fill(messages.totalColumn, { highest }), messages.sessionColumn]}
      rows={series.points.map((point) => [
        longDay(`${point.happened_at.slice(0, 10)}T12:00:00Z`, 'UTC'),
        point.total ?? messages.noTotal,
        nameOf(point.session_id),
      ])}
    />
  )
}
