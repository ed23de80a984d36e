import type { ComponentChildren } from 'preact'
import { Icon } from './icons.tsx'

export interface NoticeProps {
  children?: ComponentChildren
  title?: string
  /** Amber is for what needs the reader; it is also read out at once. */
  amber?: boolean
  /** Said without a live region: it was there from the start. */
  still?: boolean
}

/** A few words that matter now. */
export function Notice({ children, title, amber, still }: NoticeProps) {
  const role = still ? undefined : amber ? 'alert' : 'status'
  return (
    <div class={`notice${amber ? ' amber' : ''}`} role={role}>
      <Icon name={amber ? 'attention' : 'word'} />
      <div>
        {title && <h2>{title}</h2>}
        {children}
      </div>
    </div>
  )
}
