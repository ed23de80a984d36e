/** The desk of a therapist: who shares, one page on each, and every check-in that is lent. */
import './desk.css'
import './paper.css'

export { BriefScreen } from './BriefScreen.tsx'
export { CardScreen } from './CardScreen.tsx'
export { DeskScreen } from './DeskScreen.tsx'
export { LentApartScreen, LentSessionScreen } from './LentScreen.tsx'
export { ReturnScreen } from './ReturnScreen.tsx'
