export interface ProgressProps {
  /** The current step, from 1. */
  step: number
  of: number
  /** Said beside the line, such as "3 of 7". */
  label: string
}

const WAVE = 12

/** How far a check-in has come: water behind, a still line ahead. It never moves. */
export function Progress({ step, of, label }: ProgressProps) {
  const at = (100 * Math.min(step, of)) / of
  const waves = Math.max(1, Math.round(at / WAVE))
  const width = at / waves
  let water = 'M0 6'
  for (let wave = 0; wave < waves; wave++) {
    water += `q${width / 4} -4.5 ${width / 2} 0t${width / 2} 0`
  }
  return (
    <div class="waterline">
      <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
        <path class="ahead" d={`M${at} 6H100`} />
        <path d={water} />
      </svg>
      <span class="soft small">{label}</span>
    </div>
  )
}
