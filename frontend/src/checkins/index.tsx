/** Checking in: the landing check-in and all other moments, one question at a time. */
import './checkins.css'
import { watchPuttingAway } from './here.ts'
import { watchConnection } from './keeping.ts'

export { CheckInScreen } from './CheckInScreen.tsx'
export { VersionsScreen } from './VersionsScreen.tsx'
export { WriteScreen } from './WriteScreen.tsx'

watchConnection()
watchPuttingAway()
