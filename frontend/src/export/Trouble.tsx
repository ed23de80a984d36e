import type { ComponentChildren } from 'preact'
import { Problem } from '../api/index.ts'
import { Failure } from '../app/Failure.tsx'
import { ToMend } from '../app/useSending.tsx'
import { Icon, Notice } from '../elements/index.ts'

export interface TroubleProps {
  of: unknown
  /** What to say where the server said nothing: the way to it broke. */
  otherwise: { title: string; detail: string }
}

/** What went wrong with a file; what was chosen is still there. */
export function Trouble({ of, otherwise }: TroubleProps) {
  if (of === undefined || of instanceof ToMend) return null
  if (of instanceof Problem) return <Failure of={of} />
  return (
    <Notice amber title={otherwise.title}>
      <p>{otherwise.detail}</p>
    </Notice>
  )
}

/** What is to be mended in a choice. */
export function Fault({ children }: { children: ComponentChildren }) {
  return children ? (
    <div class="error" role="alert">
      <Icon name="attention" />
      <span>{children}</span>
    </div>
  ) : null
}
