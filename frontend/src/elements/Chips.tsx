import { Icon } from './icons.tsx'

export interface ChipsProps<Id extends string> {
  label: string
  /** Shown above the chips; without it the label is for screen readers alone. */
  legend?: boolean
  options: readonly { id: Id; label: string; hint?: string }[]
  chosen: readonly Id[]
  onChange: (chosen: Id[]) => void
  /** At most one; a tap on the chosen one lets it go. */
  single?: boolean
  /** Those that stand alone, such as "Nothing special": choosing one lets the others go, and the other way round. */
  alone?: readonly Id[]
}

/** Words to pick from; tapping again lets go. */
export function Chips<Id extends string>(props: ChipsProps<Id>) {
  return (
    <fieldset>
      <legend class={props.legend ? 'legend' : 'unseen'}>{props.label}</legend>
      <div class="chips">
        {props.options.map((option) => (
          <button
            key={option.id}
            type="button"
            class="chip"
            aria-pressed={props.chosen.includes(option.id)}
            title={option.hint}
            onClick={() => props.onChange(toggled(props, option.id))}
          >
            {props.chosen.includes(option.id) && <Icon name="check" />}
            {option.label}
          </button>
        ))}
      </div>
    </fieldset>
  )
}

function toggled<Id extends string>({ chosen, single, alone = [] }: ChipsProps<Id>, id: Id): Id[] {
  if (chosen.includes(id)) return chosen.filter((other) => other !== id)
  if (single || alone.includes(id)) return [id]
  return [...chosen.filter((other) => !alone.includes(other)), id]
}
