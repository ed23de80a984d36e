/** Twelve groups of five digits, to be compared by eye or read out. */
export function Digits({ of, label }: { of: readonly string[]; label: string }) {
  return (
    <ol class="digits plain" aria-label={label}>
      {of.map((group, place) => (
        <li key={place}>{group}</li>
      ))}
    </ol>
  )
}
