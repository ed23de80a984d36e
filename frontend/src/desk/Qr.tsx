/** Stands in for the element of the same name until it is there. */
export const Qr = ({ text, label }: { text: string; label: string }) => (
  <svg class="qr" viewBox="0 0 40 40" role="img" aria-label={label} data-text={text}>
    <path d="M0 0h40v40H0z" fill="#fff" />
    <path d="M6 6h10v10H6zM24 6h10v10H24zM6 24h10v10H6zM22 22h4v4h-4zM28 28h6v6h-6z" fill="#000" />
  </svg>
)
