import sessions from 'messages/sessions'
import words from 'messages/sharing'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { clock, dayAndTime, longDay } from '../elements/when.ts'
import { Facts } from '../sessions/Facts.tsx'
import { factsOf } from '../sessions/say.ts'
import { fill } from '../text.ts'
import { groupsOf, linesOf, notesOf } from './lent.ts'
import type { AsLent, CheckInAsLent, SessionAsLent } from './types.ts'

/** Everything that would be read, as it would be read. */
export function Lent({ rows, lexicon }: { rows: AsLent; lexicon: Lexicon }) {
  const groups = groupsOf(rows)
  return (
    <>
      {groups.map(({ session, checkIns }) => (
        <section class="stack tight" key={session?.id}>
          <h3>{session ? titleOf(session) : sessions.aloneTitle}</h3>
          <div class="lents">
            {session && <OfSession session={session} lexicon={lexicon} />}
            {checkIns.map((checkIn) => (
              <One key={checkIn.id} checkIn={checkIn} lexicon={lexicon} open={rows.check_ins.length === 1} />
            ))}
          </div>
        </section>
      ))}
    </>
  )
}

const titleOf = ({ ratings }: SessionAsLent): string =>
  fill(words.sessionOf, { day: longDay(ratings.happened_at, ratings.time_zone) })

function OfSession({ session, lexicon }: { session: SessionAsLent; lexicon: Lexicon }) {
  return (
    <details class="lent">
      <summary>{sessions.facts}</summary>
      <div class="lent-body stack">
        <SessionAs session={session} lexicon={lexicon} />
      </div>
    </details>
  )
}

/** A session, as it is lent. */
export function SessionAs({ session, lexicon }: { session: SessionAsLent; lexicon: Lexicon }) {
  const { happened_at, time_zone } = session.ratings
  const when = `${longDay(happened_at, time_zone)}, ${clock(happened_at, time_zone)}`
  const lines = [
    { key: 'time', label: sessions.say.time, text: when },
    ...factsOf(session, lexicon, sessions),
    ...notesOf(session, sessions),
  ]
  return <Facts lines={lines} />
}

function One({ checkIn, lexicon, open }: { checkIn: CheckInAsLent; lexicon: Lexicon; open: boolean }) {
  const { moment, happened_at, time_zone } = checkIn.ratings
  return (
    <details class="lent" open={open}>
      <summary>
        {lexicon.moment(moment)}
        <span class="soft"> {dayAndTime(happened_at, time_zone)}</span>
      </summary>
      <div class="lent-body stack">
        <CheckInAs checkIn={checkIn} lexicon={lexicon} />
      </div>
    </details>
  )
}

/** A check-in, as it is lent. */
export function CheckInAs({ checkIn, lexicon }: { checkIn: CheckInAsLent; lexicon: Lexicon }) {
  const lines = linesOf(checkIn, lexicon, sessions)
  return lines.length ? <Facts lines={lines} /> : <p>{sessions.checkIn.nothing}</p>
}
