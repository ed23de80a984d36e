/** Whom to call, and what to know; works without a connection and without a sign-in. */
export { HelpScreen } from './Help.tsx'
