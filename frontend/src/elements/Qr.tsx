import { encode } from 'uqr'

/** Four modules of white around it: readers need them. */
const QUIET = 4

/** A text as a QR code, dark on white in either theme, drawn here: nobody else sees the text.
 * Not among the elements of index.ts, so that only screens with one load it. */
export function Qr({ text, label }: { text: string; label: string }) {
  const { size, data } = encode(text, { ecc: 'M', border: QUIET })
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={drawn(data)} />
    </svg>
  )
}

/** One path over all dark modules, a stroke for each run of a row. */
export function drawn(rows: readonly (readonly boolean[])[]): string {
  return rows
    .map((row, y) =>
      runs(row)
        .map(([from, length]) => `M${from} ${y}h${length}v1h-${length}z`)
        .join(''),
    )
    .join('')
}

function runs(row: readonly boolean[]): [from: number, length: number][] {
  const found: [number, number][] = []
  for (const [x, dark] of row.entries()) {
    if (!dark) continue
    const last = found.at(-1)
    if (last && last[0] + last[1] === x) last[1]++
    else found.push([x, 1])
  }
  return found
}
