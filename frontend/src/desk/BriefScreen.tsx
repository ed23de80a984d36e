import words from 'messages/desk'
import { useLoaded } from '../app/Loaded.tsx'
import { go } from '../app/router.ts'
import type { ScreenRoute } from '../app/routes.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button, Screen, Select } from '../elements/index.ts'
import { fill } from '../text.ts'
import { BriefPage } from './BriefPage.tsx'
import { Digits } from './Digits.tsx'
import { type BriefFound, fetchBrief, takeBrief } from './data.ts'
import { Lent, NotWatched, Unopened } from './Lent.tsx'
import { Replying } from './Replying.tsx'
import { Reviewing } from './Reviewing.tsx'
import { visitChoice } from './say.ts'

const { brief: says } = words

/** One page on a session against the one before it, and what can be done with it. */
export function BriefScreen({ parameters, query }: ScreenRoute) {
  const id = parameters.id!
  const session = query.get('session') ?? undefined
  const loaded = useLoaded(() => fetchBrief(id, session), [id, session])
  return (
    <Screen title={loaded.data?.brief.share.patient ?? says.title} back="/desk" backLabel={words.title} wide>
      <Lent of={loaded}>
        {(found) => (
          <>
            <NotWatched />
            <Tools id={id} found={found} />
            <div class="brief-and-side">
              <div class="stack">
                <div class="not-printed">
                  <Unopened count={found.brief.unopened} />
                </div>
                <BriefPage id={id} {...found} />
              </div>
              <Side
                id={id}
                found={found}
                onReplied={(replies) => loaded.set({ ...found, brief: { ...found.brief, replies } })}
              />
            </div>
          </>
        )}
      </Lent>
    </Screen>
  )
}

/** Which session, the check-ins themselves, and paper. */
function Tools({ id, found: { brief, lexicon } }: { id: string; found: BriefFound }) {
  const { session, sessions, apart } = brief
  const taking = useSending()
  return (
    <div class="brief-tools not-printed">
      {session && (
        <Select
          label={says.session}
          value={session.id}
          options={sessions.map((visit) => ({ id: visit.id, label: visitChoice(visit, lexicon, words) }))}
          onChange={(chosen) => go(`/desk/${id}?session=${chosen}`)}
        />
      )}
      <div class="row">
        {session && <Button href={`/desk/${id}/sessions/${session.id}`}>{says.asWritten}</Button>}
        {apart > 0 && <Button href={`/desk/${id}/apart`}>{says.apartLink}</Button>}
        <Button icon="print" onClick={() => print()}>
          {says.print}
        </Button>
        <Button busy={taking.busy} onClick={() => taking.run(() => takeBrief(id, session?.id))}>
          {says.download}
        </Button>
      </div>
      <FormFailure of={taking} />
    </div>
  )
}

interface SideProps {
  id: string
  found: BriefFound
  onReplied: (replies: BriefFound['brief']['replies']) => void
}

function Side({ id, found: { brief }, onReplied }: SideProps) {
  const { share, replies } = brief
  const name = share.patient ?? ''
  return (
    <aside class="brief-side not-printed">
      <Reviewing share={share} />
      <Replying share={share} replies={replies} onReplied={onReplied} />
      {share.digits && (
        <details>
          <summary>{words.more.digits}</summary>
          <div class="stack tight">
            <p class="soft">{fill(words.more.digitsDetail, { name })}</p>
            <Digits groups={share.digits} label={words.more.digits} />
          </div>
        </details>
      )}
      <a href={`/desk/${id}/return`}>{words.more.giveBack}</a>
    </aside>
  )
}
