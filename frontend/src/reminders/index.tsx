/** Reminders of the follow-ups, by a file for the patient's own calendar. */

export { RemindersScreen } from './RemindersScreen.tsx'
