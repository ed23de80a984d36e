/** What Shoreline is, and who can read what. */
import './welcome.css'

export { AboutScreen } from './About.tsx'
export { WelcomeScreen } from './Welcome.tsx'
