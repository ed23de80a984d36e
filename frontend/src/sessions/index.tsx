/** Sessions, their facts, and what was kept of each. */
import './sessions.css'

export { CheckInPage } from './CheckInPage.tsx'
export { SessionFormScreen } from './SessionForm.tsx'
export { SessionScreen } from './SessionScreen.tsx'
export { SessionsScreen } from './SessionsScreen.tsx'
