/** Re-reading what was written in the hours after a dose. */

export { RereadingScreen } from './RereadingScreen.tsx'
export { RereadScreen } from './RereadScreen.tsx'
