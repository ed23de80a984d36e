/** "Later today": the landing check-in is not proposed before the evening. Known to this tab alone, until it is closed. */
import { signal } from '@preact/signals'
import { mySettings } from '../app/mySettings.ts'

const EVENING = '20:00'

/** Until when the landing check-in is put off, as ms. */
export const landingPutOff = signal(0)

export function putOffLanding(now = new Date()): void {
  const [hours, minutes] = (mySettings.peek()?.values.evening_at ?? EVENING).split(':').map(Number)
  const evening = new Date(now)
  evening.setHours(hours ?? 20, minutes ?? 0, 0, 0)
  // In the evening itself, later is in an hour.
  landingPutOff.value = Math.max(evening.getTime(), now.getTime() + 3_600_000)
}
