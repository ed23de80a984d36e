import type { Signal } from '@preact/signals'
import { isAnswered, isRated, type Mark, type Stretch, stretches } from './marks.ts'
import { type Columns, lineThrough, rem, rise, waves } from './scale.ts'

const TOP = 9
const WATER = 51
const HEIGHT = 62

export interface StripProps {
  marks: readonly Mark[]
  columns: Columns
  /** The session under the pointer; its ratings are shown as numbers. */
  lit?: Signal<number | undefined>
}

/** One series from 0, on the waterline, to 10. The line of water is open where nothing was answered; dots are joined
 * only between sessions next to each other. Names and numbers are beside it, so it is a picture without a name. */
export function Strip({ marks, columns, lit }: StripProps) {
  const { width, step } = columns
  const dot = Math.max(1.4, Math.min(5, step / 4))
  const rated = stretches(marks, isRated)
  return (
    <svg
      class="strip"
      width={rem(width)}
      height={rem(HEIGHT)}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      aria-hidden="true"
    >
      <path class="scale" d={`M0 ${TOP}H${width}M0 ${rise(5, TOP, WATER)}H${width}`} />
      <path
        class="dose"
        stroke-width={Math.min(1.25, step / 6)}
        d={marks.map((_, place) => `M${columns.x(place)} ${WATER + 5}v5`).join('')}
      />
      {rated.map((stretch) => (
        <path class="sea" key={stretch[0]} d={sea(marks, stretch, columns)} />
      ))}
      <path class="water" d={water(marks, columns)} />
      {lit && <Lit marks={marks} columns={columns} lit={lit} />}
      <path class="line" d={rated.map((stretch) => lineThrough(crest(marks, stretch, columns))).join('')} />
      {marks.map((mark, place) => drawn(mark, columns.x(place), dot))}
    </svg>
  )
}

function drawn(mark: Mark, x: number, dot: number) {
  if (mark.kind === 'rated')
    return <circle class="dot" key={x} cx={x} cy={rise(mark.value, TOP, WATER)} r={dot} />
  if (mark.kind !== 'picked') return null
  if (dot < 3) return <path class="picked" key={x} d={`M${x} ${WATER}V${TOP}`} />
  const wide = dot * 1.6
  return (
    <rect class="picked" key={x} x={x - wide / 2} y={TOP} width={wide} height={WATER - TOP} rx={wide / 2} />
  )
}

function crest(marks: readonly Mark[], [from, to]: Stretch, { x }: Columns): [number, number][] {
  return marks
    .slice(from, to + 1)
    .filter(isRated)
    .map((mark, turn) => [x(from + turn), rise(mark.value, TOP, WATER)])
}

/** What lies between the dots and the waterline; a lone dot stands on a stem. */
function sea(marks: readonly Mark[], stretch: Stretch, columns: Columns): string {
  const points = crest(marks, stretch, columns)
  const [left, right] = [points[0]![0], points.at(-1)![0]]
  if (left === right) return `M${left - 1} ${WATER}V${points[0]![1]}h2V${WATER}z`
  return `${lineThrough([[left, WATER], ...points, [right, WATER]])}z`
}

/** The waterline below the sessions that were answered: in small waves, or still where there is no room for them. */
function water(marks: readonly Mark[], { step }: Columns): string {
  const gap = Math.min(2, step / 5)
  return stretches(marks, isAnswered)
    .map(([from, to]) => {
      const length = (to - from + 1) * step - 2 * gap
      return `M${from * step + gap} ${WATER}${step < 12 ? `h${length}` : waves(length)}`
    })
    .join('')
}

function Lit({ marks, columns, lit }: Required<StripProps>) {
  const place = lit.value
  const mark = place === undefined ? undefined : marks[place]
  if (place === undefined || !mark) return null
  const x = columns.x(place)
  return (
    <>
      <path class="lit" d={`M${x} 0V${HEIGHT}`} />
      {mark.kind === 'rated' && (
        <text
          class="value"
          x={Math.min(x + 15, columns.width - 10)}
          y={Math.max(13, rise(mark.value, TOP, WATER) - 3)}
        >
          {mark.value}
        </text>
      )}
    </>
  )
}
