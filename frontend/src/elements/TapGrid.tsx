import type { TargetedKeyboardEvent } from 'preact'
import { useRef } from 'preact/hooks'

export interface TapGridProps {
  /** What is rated, for a screen reader: usually the question. */
  label: string
  /** Words at 0, 5 and 10, as the catalogue gives them. */
  anchors?: Partial<Record<'0' | '5' | '10', string>>
  /** Absent while unanswered: nothing is chosen beforehand. */
  value?: number
  onAnswer: (value: number) => void
}

const ROWS = [
  [0, 1, 2, 3, 4, 5],
  [6, 7, 8, 9, 10],
]

/** Eleven buttons, 0 to 10 in two rows; a tap answers. Answering is by click alone, so a scroll or a drag that
 * starts on a number never answers. Arrow keys move, Space or Enter answers. */
export function TapGrid({ label, anchors = {}, value, onAnswer }: TapGridProps) {
  const root = useRef<HTMLDivElement>(null)
  const move = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    const buttons = [...(root.current?.querySelectorAll('button') ?? [])]
    const next = follow(event.key, buttons.indexOf(document.activeElement as HTMLButtonElement))
    if (next === undefined) return
    event.preventDefault()
    buttons[next]?.focus()
  }
  const cell = (number: number) => (
    <button
      key={number}
      type="button"
      role="radio"
      aria-checked={value === number}
      aria-label={named(number, anchors)}
      tabIndex={number === (value ?? 0) ? 0 : -1}
      onClick={() => onAnswer(number)}
    >
      {number}
    </button>
  )
  return (
    <div class="stack tight">
      <div class="grid" role="radiogroup" aria-label={label} ref={root} onKeyDown={move}>
        {ROWS.map((row) => (
          <div class="grid-row" role="presentation" key={row[0]}>
            {row.map(cell)}
          </div>
        ))}
      </div>
      <Anchors anchors={anchors} />
    </div>
  )
}

function Anchors({ anchors }: { anchors: NonNullable<TapGridProps['anchors']> }) {
  return (
    <div class="grid-words" aria-hidden="true">
      {(['0', '5', '10'] as const).map(
        (point) =>
          anchors[point] && (
            <span key={point}>
              <b>{point}</b> {anchors[point]}
            </span>
          ),
      )}
    </div>
  )
}

function named(number: number, anchors: NonNullable<TapGridProps['anchors']>): string {
  const word = anchors[String(number) as '0' | '5' | '10']
  return word ? `${number}, ${word}` : String(number)
}

function follow(key: string, from: number): number | undefined {
  if (from < 0) return undefined
  const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 6, ArrowUp: -6 }
  if (key === 'Home') return 0
  if (key === 'End') return 10
  const step = steps[key]
  return step === undefined ? undefined : Math.min(10, Math.max(0, from + step))
}
