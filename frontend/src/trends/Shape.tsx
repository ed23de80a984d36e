/** The sign of the first session (hollow) or of the second (filled) in a comparison. */
export const Shape = ({ filled }: { filled?: boolean }) => (
  <svg class="told-key" viewBox="0 0 16 16" aria-hidden="true">
    {filled ? (
      <circle class="dot" cx="8" cy="8" r="5.5" />
    ) : (
      <path class="dot hollow" d="M8 1.5l6.5 6.5l-6.5 6.5l-6.5 -6.5z" />
    )}
  </svg>
)
