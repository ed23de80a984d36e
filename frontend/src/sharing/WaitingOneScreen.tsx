import words from 'messages/sharing'
import { useState } from 'preact/hooks'
import { type Addition, type CheckIn, type DosingSession, get, Problem } from '../api/index.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { go } from '../app/router.ts'
import type { ScreenRoute } from '../app/routes.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { loadCatalogue } from '../catalogue/index.ts'
import { Lexicon } from '../catalogue/lexicon.ts'
import { letGoOf } from '../checkins/underway.ts'
import { Button, Notice, Screen } from '../elements/index.ts'
import { dayAndTime, weekdayAndTime } from '../elements/when.ts'
import { fetchAdditions } from '../sessions/data.ts'
import { fill } from '../text.ts'
import { fetchShare, fetchWaiting } from './data.ts'
import { keepBack, lend } from './deciding.ts'
import { CheckInAs, SessionAs } from './Lent.tsx'
import { readyOf } from './ready.ts'
import { nameOf, sectionsOf } from './say.ts'
import type { ShareDetail, WaitingCheckIn } from './types.ts'

interface Found {
  share: ShareDetail
  checkIn: CheckIn
  session: DosingSession | undefined
  lexicon: Lexicon
  /** How it waits; one that was kept back does not. */
  waits: WaitingCheckIn | undefined
}

/** One check-in, as somebody would see it: shared now that it was read again, or kept private. */
export function WaitingOneScreen({ parameters }: ScreenRoute) {
  const { share, id } = parameters as { share: string; id: string }
  const loaded = useLoaded(() => fetchOne(share, id), [share, id])
  const found = loaded.data
  const [changed, setChanged] = useState(false)
  const onStale = () => {
    setChanged(true)
    loaded.again()
  }
  return (
    <Screen
      title={found ? found.lexicon.moment(found.checkIn.ratings.moment) : words.waiting.title}
      back="/sharing/waiting"
      action={found && <Decide found={found} onStale={onStale} />}
    >
      {changed && (
        <Notice amber>
          <p>{words.waiting.changedMeanwhile}</p>
        </Notice>
      )}
      <Loaded of={loaded}>{(shown) => <Page found={shown} />}</Loaded>
    </Screen>
  )
}

async function fetchOne(id: string, row_id: string): Promise<Found> {
  const [share, waiting, { data: checkIn }, catalogue, additions] = await Promise.all([
    fetchShare(id),
    fetchWaiting(),
    get('/check-ins/{row_id}', { path: { row_id } }),
    loadCatalogue(),
    fetchAdditions(),
  ])
  const waits = waiting
    .find(({ share_id }) => share_id === id)
    ?.check_ins.find(({ check_in_id }) => check_in_id === row_id)
  return {
    share,
    checkIn,
    session: await sessionOf(checkIn),
    lexicon: new Lexicon(catalogue, ownOf(share, additions)),
    waits,
  }
}

/** The names of her own sensations are words of hers. */
const ownOf = ({ sections }: ShareDetail, additions: Addition[]): Addition[] =>
  sectionsOf(sections) === 'story' ? additions : []

async function sessionOf({ session_id }: CheckIn): Promise<DosingSession | undefined> {
  if (!session_id) return undefined
  return (await get('/sessions/{row_id}', { path: { row_id: session_id } })).data
}

function Page({ found }: { found: Found }) {
  const { share, checkIn, session, lexicon, waits } = found
  const sections = sectionsOf(share.sections)
  const { happened_at, time_zone } = checkIn.ratings
  const what = sections === 'story' ? words.waiting.whatStory : words.waiting.whatRatings
  return (
    <>
      <div class="under-title soft">
        <p>{dayAndTime(happened_at, time_zone)}</p>
      </div>
      {waits?.state === 'held' && waits.held_until && (
        <p>{fill(words.waiting.heldDetail, { time: weekdayAndTime(waits.held_until) })}</p>
      )}
      <p>{fill(words.waiting.as, { name: nameOf(share, words), what })}</p>
      <CheckInAs checkIn={withOnly(sections, checkIn)} lexicon={lexicon} />
      {session && (
        <details open={sections.includes('story')}>
          <summary>{words.waiting.alongTitle}</summary>
          <SessionAs session={withOnly(sections, session)} lexicon={lexicon} />
        </details>
      )}
      <div>
        <Button kind="plain" href={`/check-ins/${checkIn.id}`}>
          {words.waiting.correct}
        </Button>
      </div>
    </>
  )
}

/** Without the words, where these are not lent. */
function withOnly<T extends { story?: object }>(sections: 'ratings' | 'story', row: T): T {
  return sections === 'story' ? row : { ...row, story: undefined }
}

function Decide({ found, onStale }: { found: Found; onStale: () => void }) {
  const { share, checkIn, session, waits } = found
  const sending = useSending()
  const decide = (decision: () => Promise<unknown>) => () =>
    sending.run(async () => {
      try {
        await decision()
      } catch (failure) {
        if (!(failure instanceof Problem && failure.status === 412)) throw failure
        return onStale()
      }
      // It counts as re-read, and what this tab holds of it is of an earlier revision.
      letGoOf(checkIn.id)
      go(await nextAddress(), { instead: true })
    })
  const held = waits?.state === 'held'
  return (
    <>
      <FormFailure of={sending} />
      {!held && (
        <Button
          kind="primary"
          full
          busy={sending.busy}
          onClick={decide(() => lend(share.id, checkIn, session))}
        >
          {fill(words.waiting.share, { name: nameOf(share, words) })}
        </Button>
      )}
      <Button
        full
        busy={sending.busy}
        onClick={decide(() => keepBack(share.id, checkIn.id, checkIn.revision))}
      >
        {words.waiting.keepPrivate}
      </Button>
    </>
  )
}

/** The next one that can be decided; where there is none, the list says so. */
async function nextAddress(): Promise<string> {
  const ready = readyOf(await fetchWaiting().catch(() => []))
  return ready[0]?.address ?? '/sharing/waiting'
}
