import { useId } from 'preact/hooks'

export interface ChoiceProps<Id extends string | number> {
  legend: string
  /** The legend is on the screen already, for instance as its heading. */
  unseenLegend?: boolean
  options: readonly { id: Id; label: string; hint?: string }[]
  value?: Id
  onChange: (value: Id) => void
  /** Side by side where there is room. */
  beside?: boolean
}

/** One of a few, as native radio buttons; nothing chosen until the patient chooses. */
export function Choice<Id extends string | number>(props: ChoiceProps<Id>) {
  const name = useId()
  return (
    <fieldset>
      <legend class={props.unseenLegend ? 'unseen' : 'legend'}>{props.legend}</legend>
      <div class={props.beside ? 'choices beside' : 'choices'}>
        {props.options.map((option) => (
          <label class="choice" key={option.id}>
            <input
              type="radio"
              name={name}
              checked={props.value === option.id}
              onChange={() => props.onChange(option.id)}
            />
            <span>
              {option.label}
              {option.hint && <span class="hint"> {option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export interface CheckProps {
  label: string
  hint?: string
  checked: boolean
  onChange: (checked: boolean) => void
}

/** One thing that is on or off. */
export function Check({ label, hint, checked, onChange }: CheckProps) {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>
        {label}
        {hint && <span class="hint"> {hint}</span>}
      </span>
    </label>
  )
}
