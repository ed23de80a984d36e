/** 12 groups of 5 digits, to be read out one after the other. */
export const Digits = ({ groups, label }: { groups: readonly string[]; label: string }) => (
  <ol class="code plain digits" translate={false} aria-label={label}>
    {groups.map((group, place) => (
      <li key={place}>{group}</li>
    ))}
  </ol>
)
