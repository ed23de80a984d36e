import type { TargetedKeyboardEvent } from 'preact'
import { useRef } from 'preact/hooks'

export interface OptionsProps<Id extends string | number> {
  /** For a screen reader: usually the question. */
  label: string
  options: readonly { id: Id; label: string }[]
  value?: Id
  onAnswer: (value: Id) => void
}

/** One of a few, as big buttons one below the other; a tap answers. Like the 0 to 10 grid it answers by click alone:
 * arrow keys move, Space or Enter answers. */
export function Options<Id extends string | number>({ label, options, value, onAnswer }: OptionsProps<Id>) {
  const root = useRef<HTMLDivElement>(null)
  const start = Math.max(
    0,
    options.findIndex(({ id }) => id === value),
  )
  const move = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    const buttons = [...(root.current?.querySelectorAll('button') ?? [])]
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key]
    const next = step && buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + step]
    if (!next) return
    event.preventDefault()
    next.focus()
  }
  return (
    <div class="options" role="radiogroup" aria-label={label} ref={root} onKeyDown={move}>
      {options.map((option, index) => (
        <button
          key={option.id}
          type="button"
          class="option"
          role="radio"
          aria-checked={option.id === value}
          tabIndex={index === start ? 0 : -1}
          onClick={() => onAnswer(option.id)}
        >
          {option.label}
        </button>
      ))}
    </div>
  )
}
