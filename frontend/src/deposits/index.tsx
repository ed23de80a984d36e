/** Check-ins from phones: keeping a phone, filing what it delivered, and what could not be filed. */
import { watchDeposits } from './watch.ts'

export { ThisPhoneScreen } from './ThisPhone.tsx'
export { WaitingScreen } from './WaitingScreen.tsx'

watchDeposits()
