import messages from 'messages/trends'
import { crowded, joined } from './curve.ts'
import type { MoodPoint } from './data.ts'
import { useWidth } from './hooks.ts'
import { elapsed, marksWithin, rise, type Span, waves } from './scale.ts'

const HEIGHT = 128
const TOP = 22
const WATER = 98
const SIDE = 10

export interface Told {
  points: readonly MoodPoint[]
  name?: string
}

export interface CurveProps extends Told {
  span: Span
  /** Mood before the dose, drawn as a line to compare with. */
  baseline?: number
  /** A second curve is told apart by its shape and by its name, not by colour. */
  other?: Told
}

type Place = (point: { hours: number; value: number }) => readonly [x: number, y: number]

/** Mood 0 to 10 around a dose, at the hours it was really told. */
export function Curve({ points, name, span, baseline, other }: CurveProps) {
  const [ref, width] = useWidth<HTMLDivElement>()
  const hour = elapsed(span, width - 2 * SIDE)
  const x = (hours: number) => SIDE + hour(hours)
  const place: Place = ({ hours, value }) => [x(hours), rise(value, TOP, WATER)]
  const [end, otherEnd] = [points.at(-1)?.value ?? -1, other?.points.at(-1)?.value ?? -1]
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg class="curve" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
          <Marks span={span} x={x} width={width} />
          <path class="water" d={`M0 ${WATER}${waves(width)}`} />
          {baseline !== undefined && (
            <path
              class="level"
              d={`M${x(Math.min(0, points[0]!.hours))} ${rise(baseline, TOP, WATER)}H${width}`}
            />
          )}
          {other && <Line {...other} place={place} hollow below={otherEnd <= end} inside={width - 44} />}
          <Line
            points={points}
            name={name}
            place={place}
            numbers={!other}
            below={end < otherEnd}
            inside={width - 44}
          />
        </svg>
      )}
    </div>
  )
}

/** The dose and the hours after it. The last label stays inside. */
function Marks({ span, x, width }: { span: Span; x: (hours: number) => number; width: number }) {
  return marksWithin(span).map((hours) => (
    <g key={hours} class={hours ? 'hour' : 'hour dose'}>
      <path d={`M${x(hours)} ${hours ? TOP : TOP - 10}V${WATER + 8}`} />
      <text x={Math.min(x(hours), width - 14)} y={WATER + 24}>
        {messages.hours[`${hours as 0}`]}
      </text>
    </g>
  ))
}

interface LineProps extends Told {
  place: Place
  numbers?: boolean
  hollow?: boolean
  /** The name goes below the end of the curve, and no further right than `inside`. */
  below: boolean
  inside: number
}

function Line({ points, name, place, numbers, hollow, below, inside }: LineProps) {
  const { solid, dotted } = joined(points, place)
  const places = points.map(place)
  const under = crowded(places)
  const [endX, endY] = places.at(-1) ?? [0, 0]
  return (
    <g class={hollow ? 'hollow' : undefined}>
      <path class="line" d={solid} />
      <path class="line dotted" d={dotted} />
      {places.map(([x, y], turn) => (
        <g key={points[turn]!.check_in_id}>
          {hollow ? (
            <path class="dot" d={`M${x} ${y - 6}l6 6l-6 6l-6 -6z`} />
          ) : (
            <circle class="dot" cx={x} cy={y} r={5} />
          )}
          {numbers && (
            <text class="value" x={x} y={under[turn] ? y + 18 : y - 9}>
              {points[turn]!.value}
            </text>
          )}
        </g>
      ))}
      {name && points.length > 0 && (
        <text class="value" x={Math.min(Math.max(endX, 44), inside)} y={below ? endY + 20 : endY - 11}>
          {name}
        </text>
      )}
    </g>
  )
}
