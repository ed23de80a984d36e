import type { ComponentChildren } from 'preact'

export interface TableProps {
  caption: string
  unseenCaption?: boolean
  columns: readonly ComponentChildren[]
  /** The first cell of each row is its heading. */
  rows: readonly (readonly ComponentChildren[])[]
}

/** A real table; on a narrow screen it scrolls inside itself, by keyboard too. */
export function Table({ caption, unseenCaption, columns, rows }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="table" tabIndex={0} aria-label={caption}>
      <table>
        <caption class={unseenCaption ? 'unseen' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th scope="col" key={index}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>{row.map(cell)}</tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function cell(content: ComponentChildren, index: number) {
  return index === 0 ? (
    <th scope="row" key={index}>
      {content}
    </th>
  ) : (
    <td key={index}>{content}</td>
  )
}
