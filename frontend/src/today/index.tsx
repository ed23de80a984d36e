/** Today: the one thing to do next. */
import './today.css'

export { TodayScreen } from './TodayScreen.tsx'
