import common from 'messages/common'
import type { ComponentType } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'
import { Button, Icon, Loading, Notice, Screen } from '../elements/index.ts'
import { writer } from '../offline/index.ts'
import { anyUnsaved } from '../unsaved/index.ts'
import { Brand } from './Brand.tsx'
import { online } from './connection.ts'
import { home, passage } from './doors.ts'
import { type Matched, match } from './match.ts'
import { askOwner, isTherapist, owner } from './owner.ts'
import { go, here } from './router.ts'
import { type Route, routes, type ScreenRoute, type Tab } from './routes.ts'
import { covered, openSheet, sheetOpen } from './signInAgain.ts'
import { applyUpdate, inTheMiddle, waitingVersion } from './update.ts'

/** Everything on the page: the current screen, the tabs below it, and what may lie over it. */
export function Shell() {
  const matched = match(routes, here.value.path)
  const tab = owner.value ? matched?.route.tab : undefined
  const hidden = covered.value && matched?.route.door !== 'anyone'
  return (
    <>
      <div class={tab ? 'with-tabs' : undefined} hidden={hidden}>
        <a class="skip" href="#main">
          {common.skip}
        </a>
        <Banners />
        {matched ? <Doorway matched={matched} key={here.value.visit} /> : <Nowhere />}
        {tab && <Tabs current={tab} />}
      </div>
      {hidden && <Covered />}
      {sheetOpen.value && <Sheet />}
    </>
  )
}

/** Lets the right people through; others are sent where they can go on. */
function Doorway({ matched }: { matched: Matched<Route> }) {
  const { route, parameters } = matched
  const pass = passage(route, location.pathname + location.search, here.value.query.get('to'))
  const away = typeof pass === 'object' ? pass.to : undefined
  useLayoutEffect(() => {
    if (away) go(away, { instead: true })
  }, [away])
  // Where the app begins is not known before it is known who has it in hand.
  const [Found, failed] = useScreen(route.door === 'start' && pass !== 'open' ? undefined : route.load)
  if (away) return null
  if (pass === 'no-connection') return <NoConnection again={askOwner} />
  // A part of the app that failed to load is asked for again only by a new page.
  if (failed) return <NoConnection again={() => location.reload()} />
  if (!Found || pass === 'wait') return <Waiting />
  return <Found parameters={parameters} query={here.value.query} />
}

function useScreen(load: Route['load'] | undefined): [ComponentType<ScreenRoute> | undefined, boolean] {
  const [found, setFound] = useState<{ screen?: ComponentType<ScreenRoute>; failed?: true }>({})
  // Not after a frame is painted: each would be a frame later on the way to the first question.
  useLayoutEffect(() => {
    let here = true
    load?.().then(
      (screen) => here && setFound({ screen }),
      () => here && setFound({ failed: true }),
    )
    return () => {
      here = false
    }
  }, [load])
  return [found.screen, found.failed === true]
}

function Waiting() {
  return (
    <main id="main" class="screen">
      <Loading />
    </main>
  )
}

function Nowhere() {
  return (
    <Screen title={common.notHere} back="/">
      <p>{common.notHereDetail}</p>
    </Screen>
  )
}

/** The shell opened, the journal could not. */
function NoConnection({ again }: { again: () => void }) {
  const action = (
    <Button kind="primary" full onClick={again}>
      {common.tryAgain}
    </Button>
  )
  return (
    <Screen title={common.noConnection} action={action}>
      <p class="lead">{common.noConnectionDetail}</p>
      <p class="soft">{common.noConnectionHelp}</p>
    </Screen>
  )
}

/** A therapist's screen after a quiet while. What was on it stays in memory, and what was being written. */
function Covered() {
  const action = (
    <Button kind="primary" full onClick={openSheet}>
      {common.coveredAction}
    </Button>
  )
  return (
    <Screen title={common.covered} action={action}>
      <p class="lead">{common.coveredDetail}</p>
    </Screen>
  )
}

function Banners() {
  return (
    <>
      {!online.value && (
        <div class="banner amber not-printed" role="status">
          {writer.value ? common.offlineSealed : common.offline}
        </div>
      )}
      {waitingVersion.value && !inTheMiddle.value && (
        <div class="banner not-printed" role="status">
          <span>{anyUnsaved.value ? common.updateAfterSaving : common.updateReady}</span>
          {!anyUnsaved.value && <Button onClick={applyUpdate}>{common.updateNow}</Button>}
        </div>
      )}
    </>
  )
}

const TABS: readonly Tab[] = ['today', 'sessions', 'trends', 'settings']
const THERAPISTS_TABS: readonly Tab[] = ['desk', 'settings']

function Tabs({ current }: { current: Tab }) {
  return (
    <nav class="tabs not-printed" aria-label={common.places}>
      <Brand href={home()} />
      <ul class="plain">
        {(isTherapist() ? THERAPISTS_TABS : TABS).map((tab) => (
          <li key={tab}>
            <a href={`/${tab}`} aria-current={tab === current ? 'page' : undefined}>
              <Icon name={tab} />
              {common.tabs[tab]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Signing in again is rare, so it loads when needed. */
function Sheet() {
  const [Found] = useScreen(loadSheet)
  return Found ? <Found parameters={{}} query={here.value.query} /> : <Notice still>{common.loading}</Notice>
}

const loadSheet = async () => (await import('../house.ts')).SignInSheet
