import './look/tokens.css'
import './look/base.css'
import './look/elements.css'
import './look/shell.css'
import { effect } from '@preact/signals'
import { render } from 'preact'
import { takeCards } from './app/card.ts'
import { asksForOwner, hurryToStart, wasKept } from './app/doors.ts'
import { match } from './app/match.ts'
import { isTherapist, meetOwner, owner } from './app/owner.ts'
import { coverWhenQuiet } from './app/quiet.ts'
import { startRouter } from './app/router.ts'
import { routes } from './app/routes.ts'
import { Shell } from './app/Shell.tsx'
import { startSheet } from './app/signInAgain.ts'
import { applyTheme } from './app/theme.ts'
import { startWorker } from './app/update.ts'
import { startOutbox } from './offline/index.ts'
import { warnBeforeLeaving } from './unsaved/index.ts'

takeCards()
startOutbox(wasKept()).catch(() => {})
hurryToStart()
applyTheme()
startRouter()
startSheet()
coverWhenQuiet()
warnBeforeLeaving()
meetOwner(asksForOwner(match(routes, location.pathname)?.route.door))
// Wherever a patient is signed in, what their phones delivered is filed.
effect(() => {
  if (owner.value && !isTherapist()) import('./journal.ts').catch(() => {})
})
render(<Shell />, document.getElementById('app')!)
// Not before the first screen is there.
setTimeout(() => startWorker().catch(() => {}), 0)
