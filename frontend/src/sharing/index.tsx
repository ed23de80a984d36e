/** Sharing: who can read what, and who did. */
import './sharing.css'

export { DigitsScreen } from './DigitsScreen.tsx'
export { MeetScreen } from './MeetScreen.tsx'
export { NewShareScreen } from './NewShareScreen.tsx'
export { OpenedScreen } from './OpenedScreen.tsx'
export { ReturnedScreen } from './ReturnedScreen.tsx'
export { ShareScreen } from './ShareScreen.tsx'
export { SharingScreen } from './SharingScreen.tsx'
export { WaitingOneScreen } from './WaitingOneScreen.tsx'
export { WaitingToShareScreen } from './WaitingToShareScreen.tsx'
