import common from 'messages/common'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from './icons.tsx'

export interface ScreenProps {
  title: string
  children: ComponentChildren
  /** Where Back leads: an address, or what to do. Without it there is no Back. */
  back?: string | (() => void)
  backLabel?: string
  /** What stays at the thumb: the primary action of the screen. */
  action?: ComponentChildren
  /** 22/28/36 px, for the landing check-in. */
  large?: boolean
  /** Charts and tables may use the width of a desktop. */
  wide?: boolean
  /** Instead of Back, at the start of the head. */
  head?: ComponentChildren
  /** The heading is in the content instead; it must be an h1 with `data-heading`. */
  ownHeading?: boolean
  help?: boolean
}

/** One screen: a head with Back and Help, one heading, the content, and the action at the thumb. Give it a `key`
 * for each question of a check-in: a new screen takes the focus to its heading and starts at its top. */
export function Screen(props: ScreenProps) {
  const root = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => arrive(root.current), [])
  const look = `screen${props.large ? ' large' : ''}${props.wide ? ' wide' : ''}`
  return (
    <div class={look} ref={root}>
      <header class="screen-head not-printed">
        {props.head ?? <Back to={props.back} label={props.backLabel} />}
        {props.help !== false && (
          <a class="head-link" href="/help">
            <Icon name="help" />
            {common.help}
          </a>
        )}
      </header>
      <main id="main">
        {!props.ownHeading && (
          <h1 tabIndex={-1} data-heading>
            {props.title}
          </h1>
        )}
        {props.children}
        {props.action && <div class="screen-action">{props.action}</div>}
      </main>
    </div>
  )
}

function Back({ to, label = common.back }: { to: ScreenProps['back']; label?: string }) {
  const inside = (
    <>
      <Icon name="back" />
      {label}
    </>
  )
  if (to === undefined) return <span />
  if (typeof to === 'string') {
    return (
      <a class="head-link" href={to}>
        {inside}
      </a>
    )
  }
  return (
    <button type="button" class="head-link" onClick={to}>
      {inside}
    </button>
  )
}

let first = true

/** The first screen of a visit leaves the focus where the browser put it. */
function arrive(root: HTMLElement | null): void {
  if (!first) {
    root?.querySelector<HTMLElement>('[data-heading]')?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }
  first = false
}
