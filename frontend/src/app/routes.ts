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

export type Tab = 'today' | 'sessions' | 'trends' | 'settings'

export interface Route {
  path: string
  load: () => Promise<ComponentType<ScreenRoute>>
  /** `owner`: only signed in. `visitor`: a person signed in goes to Today instead. `writer`: signed in, or holding a
   * phone that can seal a check-in. `phone`: such a phone with nobody signed in. `start`: where the app begins. */
  door: 'anyone' | 'visitor' | 'owner' | 'writer' | 'phone' | 'start'
  /** Shows the tab bar with this one marked. Without it the screen has the whole phone. */
  tab?: Tab
}

const house = () => import('../house.ts')
const journal = () => import('../journal.ts')
const desk = () => import('../desk/index.tsx')
const trends = () => import('../trends/index.tsx')

export const routes: readonly Route[] = [
  { path: '/', door: 'start', load: async () => (await house()).WelcomeScreen },
  { path: '/welcome', door: 'anyone', load: async () => (await house()).WelcomeScreen },
  { path: '/about', door: 'anyone', load: async () => (await house()).AboutScreen },
  { path: '/help', door: 'anyone', load: async () => (await house()).HelpScreen },
  { path: '/sign-up', door: 'visitor', load: async () => (await house()).SignUpScreen },
  { path: '/sign-in', door: 'visitor', load: async () => (await house()).SignInScreen },
  { path: '/recover', door: 'visitor', load: async () => (await house()).RecoverScreen },
  { path: '/recover/code', door: 'owner', load: async () => (await house()).RecoveryCodeScreen },
  { path: '/today', door: 'owner', tab: 'today', load: async () => (await journal()).TodayScreen },
  { path: '/check-in/{moment}', door: 'writer', load: async () => (await journal()).CheckInScreen },
  { path: '/write', door: 'phone', load: async () => (await journal()).WriteScreen },
  { path: '/versions', door: 'owner', load: async () => (await journal()).VersionsScreen },
  { path: '/waiting', door: 'owner', load: async () => (await journal()).WaitingScreen },
  {
    path: '/check-ins/{id}',
    door: 'owner',
    tab: 'sessions',
    load: async () => (await journal()).CheckInPage,
  },
  { path: '/re-read', door: 'owner', load: async () => (await journal()).RereadingScreen },
  { path: '/re-read/{id}', door: 'owner', load: async () => (await journal()).RereadScreen },
  { path: '/sessions', door: 'owner', tab: 'sessions', load: async () => (await journal()).SessionsScreen },
  { path: '/sessions/new', door: 'owner', load: async () => (await journal()).SessionFormScreen },
  { path: '/sessions/{id}/facts', door: 'owner', load: async () => (await journal()).SessionFormScreen },
  { path: '/sessions/{id}/reminders', door: 'owner', load: async () => (await journal()).RemindersScreen },
  {
    path: '/sessions/{id}',
    door: 'owner',
    tab: 'sessions',
    load: async () => (await journal()).SessionScreen,
  },
  { path: '/trends', door: 'owner', tab: 'trends', load: async () => (await trends()).TrendsScreen },
  { path: '/trends/{view}', door: 'owner', tab: 'trends', load: async () => (await trends()).TrendsScreen },
  { path: '/desk', door: 'owner', load: async () => (await desk()).DeskScreen },
  { path: '/desk/card', door: 'owner', load: async () => (await desk()).CardScreen },
  { path: '/desk/{id}', door: 'owner', load: async () => (await desk()).BriefScreen },
  { path: '/desk/{id}/apart', door: 'owner', load: async () => (await desk()).LentApartScreen },
  { path: '/desk/{id}/return', door: 'owner', load: async () => (await desk()).ReturnScreen },
  {
    path: '/desk/{id}/sessions/{session}',
    door: 'owner',
    load: async () => (await desk()).LentSessionScreen,
  },
  { path: '/settings', door: 'owner', tab: 'settings', load: async () => (await house()).SettingsScreen },
  {
    path: '/settings/this-phone',
    door: 'owner',
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
