import { useEffect } from 'preact/hooks'

/** Longer than the two taps of a double tap lie apart, shorter than a question takes to read. */
const SETTLE_MS = 350

/** A second tap of a trembling hand must not answer the question that has just come up in the same place. */
export function useOneTap(): void {
  useEffect(() => {
    const swallow = (event: MouseEvent) => {
      // A click of the keyboard or of assistive technology has no count.
      if (event.detail === 0) return
      event.preventDefault()
      event.stopPropagation()
    }
    const stop = () => document.removeEventListener('click', swallow, true)
    document.addEventListener('click', swallow, true)
    const timer = setTimeout(stop, SETTLE_MS)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [])
}
