import { encode } from 'uqr'
import { drawn } from './QrPath.ts'

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
