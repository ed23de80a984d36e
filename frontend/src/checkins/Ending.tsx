import words from 'messages/checkin'
import here from 'messages/here'
import { useEffect } from 'preact/hooks'
import { leaveSteps } from '../app/router.ts'
import type { Catalogue } from '../catalogue/types.ts'
import { Button, Screen } from '../elements/index.ts'
import { dayAndTime } from '../elements/when.ts'
import { fill } from '../text.ts'
import { endHere, isMirrored, sealedFor, whereIs } from './here.ts'
import { state, tryNow } from './keeping.ts'
import { useOneTap } from './oneTap.ts'
import { Troubles } from './Troubles.tsx'
import { wayOut } from './turn.ts'
import { momentOf, type Underway } from './underway.ts'

/** What became of the answers, and after landing the same safety words for everyone. */
export function Ending({
  catalogue,
  current,
  whole,
}: {
  catalogue: Catalogue
  current: Underway
  whole: boolean
}) {
  const landing = momentOf(current) === 'landing'
  const sealed = sealedFor(current.id) !== undefined
  useOneTap()
  useEffect(sealed ? () => endHere(current.id) : tryNow, [])
  return (
    <Screen
      title={titleOf(current, whole)}
      large={landing}
      back={() => history.back()}
      action={
        <Button kind="primary" full onClick={() => leaveSteps(wayOut(current))}>
          {leadsTo(wayOut(current))}
        </Button>
      }
    >
      <Troubles />
      {sealed && current.begun && <Sealed id={current.id} />}
      {!sealed && current.begun && !whole && <p>{goOn(catalogue, current)}</p>}
      {landing && <Safety catalogue={catalogue} />}
      {current.begun && <p class="soft">{words.private}</p>}
      {!landing && whole && !sealed && (
        <div>
          <Button href={`/check-ins/${current.id}`}>{words.read}</Button>
        </div>
      )}
    </Screen>
  )
}

/** Where it is now, and that nobody has to stay awake for it. */
function Sealed({ id }: { id: string }) {
  const where = whereIs(id)
  return (
    <div class="stack tight" role="status">
      <p>{here.what[where]}</p>
      {where !== 'failed' && where !== 'keeping' && <p>{here.safe}</p>}
    </div>
  )
}

/** What the way out of the check-in is called. */
function leadsTo(address: string): string {
  if (address === '/today') return words.toToday
  return address === '/write' ? here.done : words.toRereading
}

function titleOf({ begun, id }: Underway, whole: boolean): string {
  if (!begun) return words.nothingYet
  if (sealedFor(id)) return here.ending[whereIs(id)]
  if (state.value === 'unreachable' && isMirrored(id)) return here.ending.here
  if (state.value !== 'kept' && state.value !== 'keeping') return words.notYet
  if (state.value === 'keeping') return isMirrored(id) ? here.ending.here : here.ending.keeping
  return whole ? words.saved : words.keptSoFar
}

function goOn({ moments }: Catalogue, { draft, visit }: Underway): string {
  const moment = moments.find(({ id }) => id === draft.ratings.moment)!
  const until = moment.accept_until_hours
  if (!visit || until === undefined) return words.goOnLater
  const at = new Date(Date.parse(visit.body.ratings.happened_at) + until * 3_600_000).toISOString()
  return fill(words.goOnUntil, { time: dayAndTime(at) })
}

function Safety({ catalogue }: { catalogue: Catalogue }) {
  return (
    <section class="panel" aria-labelledby="safety">
      <h2 id="safety">{words.afterTitle}</h2>
      {catalogue.safety
        .filter(({ shown }) => shown.includes('after_landing'))
        .map(({ id, text }) => (
          <p key={id}>{text}</p>
        ))}
      <Button full icon="help" href="/help">
        {words.needHelp}
      </Button>
    </section>
  )
}
