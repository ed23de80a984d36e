import words from 'messages/desk'
import sessionWords from 'messages/sessions'
import { useLoaded } from '../app/Loaded.tsx'
import type { ScreenRoute } from '../app/routes.ts'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { Button, Screen } from '../elements/index.ts'
import { clock, longDay } from '../elements/when.ts'
import { sinceEpoch } from '../sessions/data.ts'
import { Facts } from '../sessions/Facts.tsx'
import { NotesTold } from '../sessions/Notes.tsx'
import { Answers, At } from '../sessions/Reading.tsx'
import { factsOf } from '../sessions/say.ts'
import { fill } from '../text.ts'
import { type CheckInAsLent, courseOf, fetchRows, type RowsFound, type SessionAsLent } from './data.ts'
import { Lent, NotWatched, Unopened } from './Lent.tsx'
import { neighbours, visitDay } from './say.ts'

const { lent: says } = words

/** A session and its check-ins, in the words the patient sees. */
export function LentSessionScreen({ parameters }: ScreenRoute) {
  const [id, session] = [parameters.id!, parameters.session!]
  const loaded = useLoaded(() => fetchRows(id, session), [id, session])
  const facts = loaded.data?.rows.sessions[0]?.ratings
  const title = facts ? longDay(facts.happened_at, facts.time_zone) : says.checkIns
  return (
    <Screen title={title} back={`/desk/${id}?session=${session}`} backLabel={says.toBrief}>
      <NotWatched />
      <Lent of={loaded}>
        {(found) => (
          <>
            <Unopened count={found.rows.unopened} />
            <CheckIns found={found} none={says.none} />
            {found.rows.sessions.map((told) => (
              <Session key={told.id} session={told} lexicon={found.lexicon} />
            ))}
            <Onward id={id} session={session} />
          </>
        )}
      </Lent>
    </Screen>
  )
}

/** Check-ins that belong to no session. */
export function LentApartScreen({ parameters }: ScreenRoute) {
  const id = parameters.id!
  const loaded = useLoaded(() => fetchRows(id), [id])
  return (
    <Screen title={says.apart} back={`/desk/${id}`} backLabel={says.toBrief}>
      <NotWatched />
      <Lent of={loaded}>
        {(found) => (
          <>
            <Unopened count={found.rows.unopened} />
            <CheckIns found={found} none={says.noneApart} />
          </>
        )}
      </Lent>
    </Screen>
  )
}

function Session({ session, lexicon }: { session: SessionAsLent; lexicon: Lexicon }) {
  const { happened_at, time_zone } = session.ratings
  return (
    <section class="stack lent-row">
      <h2>{says.facts}</h2>
      <p class="soft">
        {longDay(happened_at, time_zone)}, {clock(happened_at, time_zone)}
      </p>
      <Facts lines={factsOf(session, lexicon, sessionWords)} heading="h3" />
      <NotesTold notes={session.story?.notes} heading="h3" />
    </section>
  )
}

function CheckIns({ found: { rows, lexicon }, none }: { found: RowsFound; none: string }) {
  const line = [...rows.check_ins].sort((one, other) => sinceEpoch(one) - sinceEpoch(other))
  if (!line.length) return rows.unopened ? null : <p class="soft">{none}</p>
  return (
    <>
      {line.map((checkIn) => (
        <CheckIn key={checkIn.id} checkIn={checkIn} lexicon={lexicon} />
      ))}
    </>
  )
}

function CheckIn({ checkIn, lexicon }: { checkIn: CheckInAsLent; lexicon: Lexicon }) {
  return (
    <section class="stack lent-row">
      <div>
        <h2>{lexicon.moment(checkIn.ratings.moment)}</h2>
        <div class="soft">
          <At checkIn={checkIn} />
        </div>
      </div>
      <Answers told={{ checkIn, lexicon }} heading="h3" />
      <NotesTold notes={checkIn.story?.notes} heading="h3" />
    </section>
  )
}

/** The sessions around this one, of those that are lent. */
function Onward({ id, session }: { id: string; session: string }) {
  const { earlier, later } = neighbours(courseOf(id), session)
  if (!earlier && !later) return null
  return (
    <nav class="row spread not-printed">
      {earlier && (
        <Button icon="back" href={`/desk/${id}/sessions/${earlier.id}`}>
          {fill(says.earlier, { day: visitDay(earlier) })}
        </Button>
      )}
      {later && (
        <Button icon="on" href={`/desk/${id}/sessions/${later.id}`}>
          {fill(says.later, { day: visitDay(later) })}
        </Button>
      )}
    </nav>
  )
}
