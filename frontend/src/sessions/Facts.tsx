import type { Line } from './say.ts'

/** What was kept, line by line, under its headings. */
export function Facts({ lines, heading: Heading = 'h2' }: { lines: readonly Line[]; heading?: 'h2' | 'h3' }) {
  return (
    <>
      {grouped(lines).map((group) => (
        <section class="stack" key={group[0]!.key}>
          {group[0]!.under && <Heading>{group[0]!.under}</Heading>}
          <dl class="facts">
            {group.map(({ key, label, text, own }) => (
              <div key={key}>
                <dt>{label}</dt>
                <dd class={own ? 'told' : undefined}>{text}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  )
}

/** Neighbours under the same heading stand together. */
function grouped(lines: readonly Line[]): Line[][] {
  const groups: Line[][] = []
  for (const line of lines) {
    const last = groups.at(-1)
    if (last && last[0]!.under === line.under) last.push(line)
    else groups.push([line])
  }
  return groups
}
