import common from 'messages/common'
import type { ComponentChildren, InputHTMLAttributes, TargetedInputEvent } from 'preact'
import { useId, useState } from 'preact/hooks'
import { Button } from './Button.tsx'
import { Icon } from './icons.tsx'

type Attributes = InputHTMLAttributes<HTMLInputElement>

export interface FieldProps {
  label: string
  /** The label is on the screen already, for instance as its heading. */
  unseenLabel?: boolean
  value: string
  onInput: (value: string) => void
  hint?: ComponentChildren
  error?: string
  type?: 'text' | 'password' | 'tel' | 'number' | 'date' | 'time' | 'datetime-local' | 'search'
  multiline?: boolean
  autocomplete?: Attributes['autocomplete']
  inputMode?: Attributes['inputMode']
  /** For words that are not a language: no capitals, no correction, no spelling. */
  exact?: boolean
  maxLength?: number
  min?: string
  max?: string
  step?: string
  readOnly?: boolean
  suggestions?: readonly string[]
  name?: string
}

/** A labelled field; its hint and its error are read out with it. */
export function Field(props: FieldProps) {
  const id = useId()
  const described = [props.hint && `${id}-hint`, props.error && `${id}-error`].filter(Boolean).join(' ')
  const shared = {
    id,
    class: 'box',
    name: props.name,
    value: props.value,
    maxLength: props.maxLength,
    readOnly: props.readOnly,
    'aria-describedby': described || undefined,
    'aria-invalid': props.error ? ('true' as const) : undefined,
    onInput: (event: TargetedInputEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      props.onInput(event.currentTarget.value),
    ...(props.exact && { autocapitalize: 'none' as const, autocorrect: 'off', spellcheck: false }),
  }
  return (
    <div class="field">
      <label for={id} class={props.unseenLabel ? 'unseen' : undefined}>
        {props.label}
      </label>
      {props.hint && (
        <div class="hint" id={`${id}-hint`}>
          {props.hint}
        </div>
      )}
      {props.multiline ? (
        // Without this the browser writes the words to its disk, to put them back when its tabs are restored.
        <textarea rows={4} autocomplete="off" {...shared} />
      ) : (
        <Line props={props} shared={shared} list={`${id}-list`} />
      )}
      {props.error && (
        <div class="error" id={`${id}-error`}>
          <Icon name="attention" />
          <span>{props.error}</span>
        </div>
      )}
    </div>
  )
}

function Line({ props, shared, list }: { props: FieldProps; shared: object; list: string }) {
  const { type = 'text', autocomplete = 'off', inputMode, min, max, step, suggestions } = props
  return (
    <>
      <input
        {...({ type, autocomplete, inputMode, min, max, step, list: suggestions && list } as Attributes)}
        {...shared}
      />
      {suggestions && (
        <datalist id={list}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </>
  )
}

/** A password, hidden until asked to be shown. */
export function PasswordField(props: Omit<FieldProps, 'type' | 'exact' | 'multiline'> & { fresh?: boolean }) {
  const [shown, show] = useState(false)
  const { fresh, ...field } = props
  return (
    <div class="stack tight">
      <Field
        {...field}
        type={shown ? 'text' : 'password'}
        exact
        autocomplete={fresh ? 'new-password' : 'current-password'}
      />
      <div>
        <Button kind="plain" icon="eye" pressed={shown} onClick={() => show(!shown)}>
          {shown ? common.hidePassword : common.showPassword}
        </Button>
      </div>
    </div>
  )
}
