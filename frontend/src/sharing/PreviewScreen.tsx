import words from 'messages/sharing'
import { useState } from 'preact/hooks'
import { Problem, post, put } from '../api/index.ts'
import { type Fetched, Loaded, useLoaded } from '../app/Loaded.tsx'
import { back, leaveSteps } from '../app/router.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { type Catalogue, loadCatalogue } from '../catalogue/index.ts'
import { Button, Dialog, Notice, Screen } from '../elements/index.ts'
import { fill, plural } from '../text.ts'
import { titleOf } from './Course.tsx'
import { bodyOf, type Draft, firstMissing, lastDay, scopeOf } from './draft.ts'
import { Lent } from './Lent.tsx'
import { lexiconOf } from './lent.ts'
import type { Ground } from './NewShareScreen.tsx'
import { sectionsOf, untilOf, whichOf } from './say.ts'
import type { Pin, Preview } from './types.ts'
import { Unwatched } from './Unwatched.tsx'
import { underway } from './underway.ts'
import { endOf } from './until.ts'

interface Found {
  preview: Preview
  catalogue: Catalogue
}

interface PreviewProps {
  draft: Draft
  ground: Ground
  /** Looks anew at what stands in the way. */
  again: () => void
}

/** Exactly what they will see, before anything is shared; and the one tap that shares it. */
export function PreviewScreen({ draft, ground, again }: PreviewProps) {
  const loaded = useLoaded(() => fetchPreview(draft))
  const [changed, setChanged] = useState(false)
  const pin = ground.pins.find(({ id }) => id === draft.pin)
  const whole = pin !== undefined && firstMissing(draft) === 'preview'
  if (!whole) return <Unanswered />
  const stale = () => {
    setChanged(true)
    loaded.again()
  }
  const action = loaded.data && (
    <Confirm draft={draft} pin={pin} loaded={loaded} onStale={stale} onHeld={again} />
  )
  return (
    <Screen title={titleOf('preview', pin.name)} back={() => back('/sharing')} action={action}>
      {changed && (
        <Notice amber>
          <p>{words.course.changed}</p>
        </Notice>
      )}
      <Summary draft={draft} ground={ground} pin={pin} />
      <Unwatched />
      <Loaded of={loaded}>{(found) => <Shown found={found} />}</Loaded>
    </Screen>
  )
}

/** The browser's forward led past a question. */
function Unanswered() {
  return (
    <Screen title={words.course.title} back={() => back('/sharing')}>
      <p>{words.course.pick}</p>
    </Screen>
  )
}

async function fetchPreview(draft: Draft): Promise<Found> {
  const [{ data: preview }, catalogue] = await Promise.all([
    post('/shares/preview', { body: scopeOf(draft) }),
    loadCatalogue(),
  ])
  return { preview, catalogue }
}

function Summary({ draft, ground, pin }: { draft: Draft; ground: Ground; pin: Pin }) {
  const scope = scopeOf(draft)
  const { facts } = words
  const lines = [
    [facts.callsYou, draft.name],
    [facts.whatFor, draft.whatFor],
    [words.course.ask, draft.ask],
  ] as const
  return (
    <>
      <p class="lead">
        {fill(words.statementWill, {
          name: pin.name,
          what: words.what[sectionsOf(scope.sections)],
          which: whichOf(scope, ground.days, words),
          until: untilOf(endOf(lastDay(draft)), words),
        })}
      </p>
      <dl class="facts short">
        {lines.map(
          ([label, text]) =>
            text.trim() && (
              <div key={label}>
                <dt>{label}</dt>
                <dd class="told">{text.trim()}</dd>
              </div>
            ),
        )}
      </dl>
    </>
  )
}

function Shown({ found: { preview, catalogue } }: { found: Found }) {
  const { check_ins, sessions, waiting } = preview
  const none = !check_ins.length && !sessions.length
  return (
    <section class="stack">
      <h2>{words.course.atOnce}</h2>
      {none ? <p>{words.course.nothing}</p> : <Lent rows={preview} lexicon={lexiconOf(preview, catalogue)} />}
      {waiting.length > 0 && <p>{plural(words.course.wouldWait, waiting.length)}</p>}
      <p class="soft">{words.course.later}</p>
    </section>
  )
}

interface ConfirmProps {
  draft: Draft
  pin: Pin
  loaded: Fetched<Found>
  onStale: () => void
  onHeld: () => void
}

function Confirm({ draft, pin, loaded, onStale, onHeld }: ConfirmProps) {
  const sending = useSending()
  const [asking, ask] = useState(false)
  const { name } = pin
  const unverified = pin.verified === 'not_verified'
  const share = () =>
    sending.run(async () => {
      ask(false)
      const body = bodyOf(draft, loaded.data!.preview, unverified)
      try {
        await put('/shares/{share_id}', { path: { share_id: draft.id }, body })
      } catch (failure) {
        if (!(failure instanceof Problem)) throw failure
        if (failure.status === 412) return onStale()
        if (failure.is('held')) return onHeld()
        throw failure
      }
      underway.value = undefined
      leaveSteps(`/sharing/${draft.id}?made`)
    })
  return (
    <>
      <FormFailure of={sending} />
      <Button kind="primary" full busy={sending.busy} onClick={() => (unverified ? ask(true) : share())}>
        {fill(words.course.confirm, { name })}
      </Button>
      <NotVerified name={name} open={asking} onClose={() => ask(false)} onAnyway={share} />
    </>
  )
}

interface NotVerifiedProps {
  name: string
  open: boolean
  onClose: () => void
  onAnyway: () => void
}

/** Asked once more: nobody knows yet whose keys these are. */
function NotVerified({ name, open, onClose, onAnyway }: NotVerifiedProps) {
  const { course } = words
  return (
    <Dialog title={fill(course.sureTitle, { name })} open={open} onClose={onClose} closeLabel={course.cancel}>
      <p>{fill(course.sureDetail, { name })}</p>
      <Button kind="primary" full href="/sharing">
        {course.sureCompare}
      </Button>
      <Button kind="amber" full onClick={onAnyway}>
        {course.sureAnyway}
      </Button>
    </Dialog>
  )
}
