import { signal } from '@preact/signals'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

/** True while the page is laid out for paper: every chart then shows its table. */
export const printing = signal(false)

const paper = matchMedia('print')
const follow = (type: string, on: EventTarget, is: () => boolean) =>
  on.addEventListener(type, () => {
    printing.value = is()
  })
printing.value = paper.matches
follow('change', paper, () => paper.matches)
// The change comes only after the pages have been counted: what is put in then would be cut off.
follow('beforeprint', window, () => true)
follow('afterprint', window, () => false)

/** CSS px in a unit of the charts. */
export const pxPerUnit = (): number =>
  Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16

/** How wide an element is, in units of the charts; 0 until it has been laid out. */
export function useWidth<E extends HTMLElement>() {
  const ref = useRef<E>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = ref.current!
    const measure = () => setWidth(element.clientWidth / pxPerUnit())
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, width] as const
}
