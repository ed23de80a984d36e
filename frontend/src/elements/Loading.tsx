import common from 'messages/common'
import { useEffect, useState } from 'preact/hooks'

/** Says that something is being fetched, but only when it takes longer than a blink. */
export function Loading({ label = common.loading }: { label?: string }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div class="loading" role="status">
      {late && (
        <>
          <progress aria-hidden="true" />
          {label}
        </>
      )}
    </div>
  )
}
