import words from 'messages/sharing'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import type { ScreenRoute } from '../app/routes.ts'
import { type Catalogue, loadCatalogue } from '../catalogue/index.ts'
import { Button, Notice, Screen } from '../elements/index.ts'
import { weekdayAndTime } from '../elements/when.ts'
import { fill, plural } from '../text.ts'
import { AskAbout } from './AskAbout.tsx'
import { ChangeUntil } from './ChangeUntil.tsx'
import { fetchDays, fetchShare, fetchShares, isLive } from './data.ts'
import { KeysDiffer } from './KeysDiffer.tsx'
import { KeptBack, Readable } from './Readable.tsx'
import { Replies } from './Replies.tsx'
import { ShareFacts } from './Statement.tsx'
import { type Days, endOfShare, nameOf, othersWith, statementOf } from './say.ts'
import { TakeBack } from './TakeBack.tsx'
import type { ShareDetail } from './types.ts'
import { Unwatched } from './Unwatched.tsx'

interface Found {
  share: ShareDetail
  days: Days
  catalogue: Catalogue
  heldUntil: string | undefined
  /** How many more shares the same person can read by. */
  others: number
}

export interface PartProps {
  found: Found
  again: () => void
}

/** One share: what can be read by it, what was answered, and taking it back. */
export function ShareScreen({ parameters, query }: ScreenRoute) {
  const id = parameters.id!
  const loaded = useLoaded(() => fetchAll(id), [id])
  const share = loaded.data?.share
  const title = share?.reviewer ? fill(words.one.title, { name: share.reviewer.name }) : words.one.titleBare
  const action = share && isLive(share) && share.waiting > 0 && (
    <Button kind="primary" full href="/sharing/waiting">
      {plural(words.waits, share.waiting)}
    </Button>
  )
  return (
    <Screen title={title} back="/sharing" action={action}>
      <Loaded of={loaded}>
        {(found) => <Page found={found} again={loaded.again} made={query.has('made')} />}
      </Loaded>
    </Screen>
  )
}

async function fetchAll(id: string): Promise<Found> {
  const [share, days, catalogue, { shares, held_until }] = await Promise.all([
    fetchShare(id),
    fetchDays(),
    loadCatalogue(),
    fetchShares(),
  ])
  return { share, days, catalogue, heldUntil: held_until, others: othersWith(share, shares) }
}

function Page({ found, again, made }: PartProps & { made: boolean }) {
  const { share } = found
  const unread = share.unread_replies > 0
  if (!isLive(share)) return <Over found={found} again={again} />
  return (
    <>
      {made && (
        <Notice still>
          <p>{words.one.made}</p>
        </Notice>
      )}
      {share.reviewer?.key_differs && <KeysDiffer name={share.reviewer.name} />}
      {unread && <Replies share={share} again={again} />}
      <section class="stack">
        <p class="lead">{statementOf(share, found.days, words)}</p>
        <ShareFacts share={share} />
        <ChangeUntil share={share} again={again} />
        <Unwatched />
      </section>
      {found.heldUntil && <p>{fill(words.one.heldUntil, { time: weekdayAndTime(found.heldUntil) })}</p>}
      {!unread && <Replies share={share} again={again} />}
      <Readable found={found} again={again} />
      <KeptBack found={found} />
      <AskAbout share={share} />
      <TakeBack share={share} others={found.others} again={again} />
    </>
  )
}

/** It came to its end, and nothing opens by it. */
function Over({ found: { share, others }, again }: PartProps) {
  const name = nameOf(share, words)
  const took = share.state === 'taken_back'
  return (
    <>
      <section class="stack tight">
        <p class="lead">{endOfShare(share, words)}</p>
        {share.state !== 'does_not_open' && (
          <p>{fill(took ? words.one.takenBack : words.one.over, { name })}</p>
        )}
        {others > 0 && <p>{fill(plural(words.one.others, others), { name })}</p>}
      </section>
      <Replies share={share} again={again} />
    </>
  )
}
