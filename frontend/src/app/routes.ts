import type { ComponentType } from 'preact'

/**
 * The route table. Each area is one folder whose `index.tsx` exports its screens by name; `journal.ts` and `house.ts`
 * put them together, and load as one chunk each when one of their addresses is first visited. A screen
 *
 *  - is a component that takes `ScreenRoute`: the parts of the address (`parameters`) and its `query`;
 *  - renders one `<Screen>` from elements/ (title, back, action ...) and nothing outside it;
 *  - is mounted anew at every visit, so what must outlive a look at Help belongs in `unsaved/` or a module's signal;
 *  - goes elsewhere with a plain `<a href>` or `go()` of app/router.ts;
 *  - fetches with `useLoaded` and shows with `<Loaded>` of app/Loaded.tsx.
 *
 * No address and no title may carry anything about health: ids and moments only.
 */
export interface ScreenRoute {
  parameters: Record<string, string>
  query: URLSearchParams
}

export type Tab = 'desk' | 'today' | 'sessions' | 'trends' | 'settings'

export interface Route {
  path: string
  load: () => Promise<ComponentType<ScreenRoute>>
  /** `owner`: only signed in, patient or therapist. `patient`, `reviewer`: only the one, only the other. `entering`:
   * signed in, the second factor perhaps still missing. `visitor`: a person signed in goes to their first screen
   * instead. `writer`: a patient signed in, or a phone in hand that can seal a check-in. `phone`: such a phone with
   * nobody signed in. `start`: where the app begins. */
  door: 'anyone' | 'visitor' | 'entering' | 'owner' | 'patient' | 'reviewer' | 'writer' | 'phone' | 'start'
  /** Shows the tab bar with this one marked. Without it the screen has the whole phone. */
  tab?: Tab
}

const house = () => import('../house.ts')
const journal = () => import('../journal.ts')
const desk = () => import('../desk/index.tsx')
const trends = () => import('../trends/index.tsx')
const sharing = () => import('../sharing/index.tsx')
const leaving = () => import('../export/index.tsx')

export const routes: readonly Route[] = [
  { path: '/', door: 'start', load: async () => (await house()).WelcomeScreen },
  { path: '/welcome', door: 'anyone', load: async () => (await house()).WelcomeScreen },
  { path: '/about', door: 'anyone', load: async () => (await house()).AboutScreen },
  { path: '/help', door: 'anyone', load: async () => (await house()).HelpScreen },
  { path: '/sign-up', door: 'visitor', load: async () => (await house()).SignUpScreen },
  { path: '/sign-in', door: 'visitor', load: async () => (await house()).SignInScreen },
  { path: '/recover', door: 'visitor', load: async () => (await house()).RecoverScreen },
  { path: '/recover/code', door: 'entering', load: async () => (await house()).RecoveryCodeScreen },
  { path: '/second-factor', door: 'entering', load: async () => (await house()).SecondFactorScreen },
  { path: '/second-factor/codes', door: 'entering', load: async () => (await house()).FactorCodesScreen },
  { path: '/desk', door: 'reviewer', tab: 'desk', load: async () => (await desk()).DeskScreen },
  { path: '/desk/card', door: 'reviewer', load: async () => (await desk()).CardScreen },
  { path: '/desk/{id}', door: 'reviewer', load: async () => (await desk()).BriefScreen },
  { path: '/desk/{id}/apart', door: 'reviewer', load: async () => (await desk()).LentApartScreen },
  { path: '/desk/{id}/return', door: 'reviewer', load: async () => (await desk()).ReturnScreen },
  {
    path: '/desk/{id}/sessions/{session}',
    door: 'reviewer',
    load: async () => (await desk()).LentSessionScreen,
  },
  { path: '/today', door: 'patient', tab: 'today', load: async () => (await journal()).TodayScreen },
  { path: '/check-in/{moment}', door: 'writer', load: async () => (await journal()).CheckInScreen },
  { path: '/write', door: 'phone', load: async () => (await journal()).WriteScreen },
  { path: '/versions', door: 'patient', load: async () => (await journal()).VersionsScreen },
  { path: '/waiting', door: 'patient', load: async () => (await journal()).WaitingScreen },
  {
    path: '/check-ins/{id}',
    door: 'patient',
    tab: 'sessions',
    load: async () => (await journal()).CheckInPage,
  },
  { path: '/re-read', door: 'patient', load: async () => (await journal()).RereadingScreen },
  { path: '/re-read/{id}', door: 'patient', load: async () => (await journal()).RereadScreen },
  { path: '/sessions', door: 'patient', tab: 'sessions', load: async () => (await journal()).SessionsScreen },
  { path: '/sessions/new', door: 'patient', load: async () => (await journal()).SessionFormScreen },
  { path: '/sessions/{id}/facts', door: 'patient', load: async () => (await journal()).SessionFormScreen },
  { path: '/sessions/{id}/reminders', door: 'patient', load: async () => (await journal()).RemindersScreen },
  {
    path: '/sessions/{id}',
    door: 'patient',
    tab: 'sessions',
    load: async () => (await journal()).SessionScreen,
  },
  { path: '/trends', door: 'patient', tab: 'trends', load: async () => (await trends()).TrendsScreen },
  { path: '/trends/{view}', door: 'patient', tab: 'trends', load: async () => (await trends()).TrendsScreen },
  { path: '/meet', door: 'anyone', load: async () => (await sharing()).MeetScreen },
  { path: '/sharing', door: 'patient', tab: 'settings', load: async () => (await sharing()).SharingScreen },
  { path: '/sharing/new', door: 'patient', load: async () => (await sharing()).NewShareScreen },
  { path: '/sharing/waiting', door: 'patient', load: async () => (await sharing()).WaitingToShareScreen },
  {
    path: '/sharing/waiting/{share}/{id}',
    door: 'patient',
    load: async () => (await sharing()).WaitingOneScreen,
  },
  { path: '/sharing/log', door: 'patient', load: async () => (await sharing()).OpenedScreen },
  { path: '/sharing/digits', door: 'patient', load: async () => (await sharing()).DigitsScreen },
  { path: '/sharing/returned', door: 'patient', load: async () => (await sharing()).ReturnedScreen },
  {
    path: '/sharing/{id}',
    door: 'patient',
    tab: 'settings',
    load: async () => (await sharing()).ShareScreen,
  },
  { path: '/export', door: 'patient', tab: 'settings', load: async () => (await leaving()).ExportScreen },
  { path: '/import', door: 'patient', tab: 'settings', load: async () => (await leaving()).ImportScreen },
  { path: '/settings', door: 'owner', tab: 'settings', load: async () => (await house()).SettingsScreen },
  {
    path: '/settings/this-phone',
    door: 'patient',
    tab: 'settings',
    load: async () => (await journal()).ThisPhoneScreen,
  },
  {
    path: '/settings/{part}',
    door: 'owner',
    tab: 'settings',
    load: async () => (await house()).PartScreen,
  },
]
