import { useId } from 'preact/hooks'

export interface SelectProps<Id extends string> {
  label: string
  hint?: string
  value: Id
  options: readonly { id: Id; label: string }[]
  onChange: (value: Id) => void
}

/** One of many, in the system's own list. */
export function Select<Id extends string>({ label, hint, value, options, onChange }: SelectProps<Id>) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <div class="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <select
        id={id}
        class="box"
        value={value}
        aria-describedby={hint && `${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.value as Id)}
      >
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
