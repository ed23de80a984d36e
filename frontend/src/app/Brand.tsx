import common from 'messages/common'

/** The mark, a disc rising over the waterline, and the name. */
export function Brand({ href }: { href: string }) {
  return (
    <a class="brand" href={href}>
      <Mark />
      {common.name}
    </a>
  )
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path class="mark-disc" d="M8 17a8 8 0 0 1 16 0z" />
      <path class="mark-line" d="M3 20.5c3.2-2 5.5-2 8.7 0s5.4 2 8.6 0 5.5-2 8.7 0" />
      <path class="mark-line low" d="M7 26c2.2-1.4 3.8-1.4 6 0s3.8 1.4 6 0 3.8-1.4 6 0" />
    </svg>
  )
}
