import messages from 'messages/trends'
import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import { Icon } from '../elements/index.ts'
import { fill } from '../text.ts'
import { printing } from './hooks.ts'

export interface WithTableProps {
  /** What the chart shows, for the name of the button. */
  of: string
  table: () => ComponentChildren
  children: ComponentChildren
  /** One strip of several is named beside its button. On paper, one table on the page has them all. */
  name?: ComponentChildren
}

/** A chart, and the same as a table: on demand on a screen, always on paper. */
export function WithTable({ of, table, children, name }: WithTableProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const shown = open || (printing.value && !name)
  const says = open ? messages.hideTable : messages.showTable
  const head = (
    <div class="chart-head">
      {name}
      <button
        type="button"
        class="table-button not-printed"
        aria-expanded={open}
        aria-controls={shown ? id : undefined}
        aria-label={fill(messages.tableOf, { says, of })}
        onClick={() => setOpen(!open)}
      >
        <Icon name="table" />
        {name ? messages.table : says}
      </button>
    </div>
  )
  return (
    <div class={name ? 'strip-row' : 'stack tight'}>
      {name && head}
      <div class="stack tight">{children}</div>
      {!name && head}
      {shown && (
        <div class="chart-table" id={id}>
          {table()}
        </div>
      )}
    </div>
  )
}
