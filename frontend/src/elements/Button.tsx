import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icons.tsx'

export interface ButtonProps {
  children: ComponentChildren
  /** `primary` is the one thing to do on a screen; `amber` is for what cannot be taken back. */
  kind?: 'primary' | 'quiet' | 'plain' | 'amber'
  icon?: IconName
  full?: boolean
  /** Something is under way: it stays focusable, and a second tap does nothing. */
  busy?: boolean
  /** With an address it is a link that looks like a button. */
  href?: string
  type?: 'button' | 'submit'
  /** The id of the form it submits, when it stands outside of it. */
  form?: string
  onClick?: (event: MouseEvent) => void
  pressed?: boolean
  label?: string
}

export function Button({
  kind = 'quiet',
  icon,
  full,
  busy,
  href,
  type,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const look = `button ${kind}${full ? ' full' : ''}`
  const inside = (
    <>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </>
  )
  if (href !== undefined) {
    return (
      <a class={look} href={href} onClick={onClick} aria-label={rest.label}>
        {inside}
      </a>
    )
  }
  const tap = (event: MouseEvent) => {
    if (busy) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      class={look}
      type={type ?? (rest.form ? 'submit' : 'button')}
      form={rest.form}
      aria-disabled={busy || undefined}
      aria-pressed={rest.pressed}
      aria-label={rest.label}
      onClick={tap}
    >
      {inside}
    </button>
  )
}
