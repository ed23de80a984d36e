import { cut } from './paper.ts'

export interface CutProps {
  text: string
  lines: number
  perLine: number
  /** Stands where it was cut. */
  mark: string
}

/** A text, whole on a screen; on paper so many lines of it. */
export function Cut({ text, lines, perLine, mark }: CutProps) {
  const [shown, rest] = cut(text, lines, perLine, mark.length)
  return (
    <span class="cut" style={{ '--lines': lines }}>
      {shown}
      {rest && (
        <>
          <span class="not-printed">{rest}</span>
          <i class="only-printed"> {mark}</i>
        </>
      )}
    </span>
  )
}
