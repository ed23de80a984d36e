import type { ComponentType } from 'preact'

/**
 * The route table. Each area is one folder whose `index.tsx` exports its screens by name; it loads as one chunk when
 * one of its addresses is first visited. A screen
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

const welcome = () => import('../welcome/index.tsx')
const accounts = () => import('../accounts/index.tsx')
const settings = () => import('../settings/index.tsx')
const help = () => import('../help/index.tsx')
const today = () => import('../today/index.tsx')
const checkins = () => import('../checkins/index.tsx')
const deposits = () => import('../deposits/index.tsx')
const sessions = () => import('../sessions/index.tsx')
const rereading = () => import('../rereading/index.tsx')
const reminders = () => import('../reminders/index.tsx')
const trends = () => import('../trends/index.tsx')

export const routes: readonly Route[] = [
  { path: '/', door: 'start', load: async () => (await welcome()).WelcomeScreen },
  { path: '/welcome', door: 'anyone', load: async () => (await welcome()).WelcomeScreen },
  { path: '/about', door: 'anyone', load: async () => (await welcome()).AboutScreen },
  { path: '/help', door: 'anyone', load: async () => (await help()).HelpScreen },
  { path: '/sign-up', door: 'visitor', load: async () => (await accounts()).SignUpScreen },
  { path: '/sign-in', door: 'visitor', load: async () => (await accounts()).SignInScreen },
  { path: '/recover', door: 'visitor', load: async () => (await accounts()).RecoverScreen },
  { path: '/recover/code', door: 'owner', load: async () => (await accounts()).RecoveryCodeScreen },
  { path: '/today', door: 'owner', tab: 'today', load: async () => (await today()).TodayScreen },
  { path: '/check-in/{moment}', door: 'writer', load: async () => (await checkins()).CheckInScreen },
  { path: '/write', door: 'phone', load: async () => (await checkins()).WriteScreen },
  { path: '/versions', door: 'owner', load: async () => (await checkins()).VersionsScreen },
  { path: '/waiting', door: 'owner', load: async () => (await deposits()).WaitingScreen },
  {
    path: '/check-ins/{id}',
    door: 'owner',
    tab: 'sessions',
    load: async () => (await sessions()).CheckInPage,
  },
  { path: '/re-read', door: 'owner', load: async () => (await rereading()).RereadingScreen },
  { path: '/re-read/{id}', door: 'owner', load: async () => (await rereading()).RereadScreen },
  { path: '/sessions', door: 'owner', tab: 'sessions', load: async () => (await sessions()).SessionsScreen },
  { path: '/sessions/new', door: 'owner', load: async () => (await sessions()).SessionFormScreen },
  { path: '/sessions/{id}/facts', door: 'owner', load: async () => (await sessions()).SessionFormScreen },
  { path: '/sessions/{id}/reminders', door: 'owner', load: async () => (await reminders()).RemindersScreen },
  {
    path: '/sessions/{id}',
    door: 'owner',
    tab: 'sessions',
    load: async () => (await sessions()).SessionScreen,
  },
  { path: '/trends', door: 'owner', tab: 'trends', load: async () => (await trends()).TrendsScreen },
  { path: '/trends/{view}', door: 'owner', tab: 'trends', load: async () => (await trends()).TrendsScreen },
  { path: '/settings', door: 'owner', tab: 'settings', load: async () => (await settings()).SettingsScreen },
  {
    path: '/settings/this-phone',
    door: 'owner',
    tab: 'settings',
    load: async () => (await deposits()).ThisPhoneScreen,
  },
  {
    path: '/settings/{part}',
    door: 'owner',
    tab: 'settings',
    load: async () => (await settings()).PartScreen,
  },
]
