import words from 'messages/checkin'
import common from 'messages/common'
import { Problem, Unreachable } from '../api/index.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { owner } from '../app/owner.ts'
import { go } from '../app/router.ts'
import type { ScreenRoute } from '../app/routes.ts'
import { type Catalogue, loadCatalogue } from '../catalogue/index.ts'
import { Button, Screen } from '../elements/index.ts'
import { getReady, writer } from '../offline/index.ts'
import { Conversation } from './Conversation.tsx'
import { onlySeal, sealedFor } from './here.ts'
import { isWaiting } from './keeping.ts'
import { catchUp, open, openSealed } from './opening.ts'
import { momentOf, type Underway, underway } from './underway.ts'

interface Asked {
  moment: string
  session: string | undefined
  id: string | undefined
}

/** A check-in of one moment: `?session=` says of which session, `&check-in=` which one to go on with. */
export function CheckInScreen({ parameters, query }: ScreenRoute) {
  const asked = {
    moment: parameters.moment!,
    session: query.get('session') ?? undefined,
    id: query.get('check-in') ?? undefined,
  }
  const loaded = useLoaded(() => find(asked))
  if (loaded.data?.found && isInAddress(asked.id)) {
    return <Conversation catalogue={loaded.data.catalogue} />
  }
  if (loaded.data?.found === false) return <Nowhere />
  return (
    <Screen title="" back={owner.value ? '/today' : '/write'} ownHeading>
      <Loaded of={loaded}>{() => null}</Loaded>
    </Screen>
  )
}

/** A sealed one needs no id in its address: another page could not read it. */
function isInAddress(asked: string | undefined): boolean {
  const id = underway.value?.id
  return id !== undefined && (id === asked || (asked === undefined && sealedFor(id) !== undefined))
}

/** Puts the check-in that is asked for into `underway`, and its id into the address: loading the page anew finds it. */
async function find(asked: Asked): Promise<{ catalogue: Catalogue; found: boolean }> {
  const catalogue = await loadCatalogue()
  const current = underway.peek()
  if (!current || !isAskedFor(current, asked)) {
    underway.value = await begin(asked)
  }
  const id = underway.peek()?.id
  if (id && !isInAddress(asked.id)) {
    const query = new URLSearchParams({ ...(asked.session && { session: asked.session }), 'check-in': id })
    go(`/check-in/${asked.moment}?${query}`, { instead: true })
  }
  return { catalogue, found: id !== undefined }
}

/** Where the server cannot be asked, or nobody is signed in, a phone that is kept seals the check-in. One that was
 * sealed before this page was loaded cannot be read here: the answers go into a new one. */
async function begin(asked: Asked): Promise<Underway | undefined> {
  if (!owner.peek()) return beginSealed(asked)
  try {
    const id = asked.id ?? crypto.randomUUID()
    const opened = await open({ ...asked, id }, asked.id === undefined)
    if (asked.moment === 'landing') catchUp().catch(() => {})
    return opened
  } catch (failure) {
    const canAsk = !(failure instanceof Unreachable || (failure instanceof Problem && failure.status === 401))
    const mine = asked.id !== undefined && isWaiting('check-ins', asked.id)
    if (canAsk || mine || !writer.peek()) throw failure
    return beginSealed(asked)
  }
}

async function beginSealed(asked: Asked): Promise<Underway | undefined> {
  const account = writer.peek()
  if (!account) throw new Unreachable()
  const id = crypto.randomUUID()
  onlySeal(id, account)
  setTimeout(getReady)
  return openSealed({ ...asked, id })
}

const GO_ON_MS = 2 * 3_600_000

/** One that was begun in this tab and is not at its end is gone on with; of no session in particular, only for a while. */
function isAskedFor(current: Underway, { moment, session, id }: Asked): boolean {
  if (id !== undefined) return current.id === id
  const { session_id, ratings } = current.draft
  const open = momentOf(current) === moment && current.begun && !ratings.finished
  const fresh = Date.now() - Date.parse(ratings.happened_at) < GO_ON_MS
  return open && (session === undefined ? fresh : session_id === session)
}

function Nowhere() {
  const action = (
    <Button kind="primary" full href="/today">
      {words.toToday}
    </Button>
  )
  return (
    <Screen title={common.notHere} back="/today" action={action}>
      <p>{common.notHereDetail}</p>
    </Screen>
  )
}
