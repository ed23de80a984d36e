import reminders from 'messages/reminders'
import rereading from 'messages/rereading'
import words from 'messages/sessions'
import { useState } from 'preact/hooks'
import {
  type CheckIn,
  type Course,
  type DosingSession,
  get,
  type NotReread,
  put,
  remove,
} from '../api/index.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { go } from '../app/router.ts'
import type { ScreenRoute } from '../app/routes.ts'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { Button, Dialog, Icon, Notice, Screen } from '../elements/index.ts'
import { clock, dayAndTime, hoursBetween, longDay } from '../elements/when.ts'
import { fetchRereading, markOf } from '../rereading/data.ts'
import { fill, plural } from '../text.ts'
import { Delete } from './Delete.tsx'
import {
  etagOf,
  fetchCheckIns,
  fetchCourses,
  fetchLexicon,
  fetchSessions,
  numbered,
  sinceEpoch,
} from './data.ts'
import { Facts } from './Facts.tsx'
import { Notes } from './Notes.tsx'
import { SessionReadBy } from './ReadBy.tsx'
import { distance, factsOf, writtenLater } from './say.ts'

interface Found {
  session: DosingSession
  number: number
  course: Course | undefined
  checkIns: CheckIn[]
  unopened: number
  lexicon: Lexicon
  /** Those of the check-ins that are still to be re-read. */
  waits: readonly NotReread[]
  /** It is the last one that was: its follow-ups are still to come. */
  latest: boolean
}

/** One session: its facts, and its check-ins in the order they happened. */
export function SessionScreen({ parameters }: ScreenRoute) {
  const id = parameters.id!
  const loaded = useLoaded(() => fetchSession(id), [id])
  return (
    <Screen
      title={loaded.data ? fill(words.session, { number: loaded.data.number }) : words.title}
      back="/sessions"
    >
      <Loaded of={loaded}>
        {(found) => <Page found={found} onChange={(session) => loaded.set({ ...found, session })} />}
      </Loaded>
    </Screen>
  )
}

async function fetchSession(id: string): Promise<Found> {
  const [{ data: session }, sessions, checkIns, courses, lexicon, { items }] = await Promise.all([
    get('/sessions/{row_id}', { path: { row_id: id } }),
    fetchSessions(),
    fetchCheckIns(id),
    fetchCourses(),
    fetchLexicon(),
    fetchRereading(),
  ])
  const number = numbered(sessions.rows).find((each) => each.session.id === id)?.number ?? 1
  const told = checkIns.rows.sort((a, b) => sinceEpoch(a) - sinceEpoch(b))
  const course = courses.find((each) => each.id === session.course_id)
  const happened = numbered(sessions.rows).filter((each) => sinceEpoch(each.session) <= Date.now())
  const latest = happened.at(-1)?.session.id === id
  return {
    session,
    number,
    course,
    checkIns: told,
    unopened: checkIns.unopened,
    lexicon,
    waits: items,
    latest,
  }
}

function Page({ found, onChange }: { found: Found; onChange: (session: DosingSession) => void }) {
  const { session, course, checkIns, unopened, lexicon } = found
  const { happened_at, time_zone } = session.ratings
  const courseLine = course?.story?.name
    ? [{ key: 'course', label: words.form.course, text: course.story.name }]
    : []
  const lines = [...courseLine, ...factsOf(session, lexicon, words)]
  const addNote = async (note: string, body: { text: string; written_at: string }) =>
    onChange(
      (await put('/sessions/{row_id}/notes/{note_id}', { path: { row_id: session.id, note_id: note }, body }))
        .data,
    )
  const gone = async () => {
    await remove('/sessions/{row_id}', { path: { row_id: session.id }, ifMatch: etagOf(session) })
    go('/sessions', { instead: true })
  }
  const all = checkIns.length + unopened
  return (
    <>
      <p class="soft under-title">
        {longDay(happened_at, time_zone)}, {clock(happened_at, time_zone)}
        {sinceEpoch(session) > Date.now() && `, ${words.planned.toLowerCase()}`}
      </p>
      <CheckIns found={found} />
      <section class="stack">
        <h2>{words.facts}</h2>
        {lines.length > 0 && <Facts lines={lines} />}
        <div>
          <Button icon="write" href={`/sessions/${session.id}/facts`}>
            {lines.length ? words.edit : words.addFacts}
          </Button>
        </div>
      </section>
      <Notes of={session.id} notes={session.story?.notes} onAdd={addNote} />
      <SessionReadBy id={session.id} happened={sinceEpoch(session) <= Date.now()} />
      <Delete
        label={words.delete}
        title={words.deleteTitle}
        detail={fill(words.deleteDetail, { checkIns: all ? plural(words.checkIns, all) : words.none })}
        onDelete={gone}
      />
    </>
  )
}

function CheckIns({ found }: { found: Found }) {
  const { checkIns, unopened, lexicon, session, waits, latest } = found
  const [open, setOpen] = useState(false)
  return (
    <section class="stack">
      <h2>{words.checkInsTitle}</h2>
      {unopened > 0 && (
        <Notice amber still title={plural(words.unopenedTitle, unopened)}>
          <p>{words.unopened}</p>
        </Notice>
      )}
      {checkIns.length === 0 && <p class="soft">{words.noCheckIns}</p>}
      {checkIns.length > 0 && (
        <ul class="list plain">
          {checkIns.map((checkIn) => (
            <Entry
              key={checkIn.id}
              checkIn={checkIn}
              session={session}
              lexicon={lexicon}
              waits={waits.find(({ check_in_id }) => check_in_id === checkIn.id)}
            />
          ))}
        </ul>
      )}
      <div class="row">
        <Button icon="add" onClick={() => setOpen(true)}>
          {words.addCheckIn}
        </Button>
        {latest && <Button href={`/sessions/${session.id}/reminders`}>{reminders.title}</Button>}
      </div>
      <Dialog title={words.which} open={open} onClose={() => setOpen(false)}>
        <Moments found={found} />
      </Dialog>
    </section>
  )
}

/** A moment is an invitation, never a gate: any can be told of at any time. */
function Moments({ found: { checkIns, lexicon, session } }: { found: Found }) {
  const told = new Set(checkIns.map(({ ratings }) => ratings.moment))
  return (
    <div class="stack tight">
      {lexicon.catalogue.moments
        .filter(({ id }) => !told.has(id) || id === 'anytime')
        .map(({ id, label }) => (
          <Button key={id} full href={`/check-in/${id}?session=${session.id}`}>
            {label}
          </Button>
        ))}
    </div>
  )
}

function Entry({
  checkIn,
  session,
  lexicon,
  waits,
}: {
  checkIn: CheckIn
  session: DosingSession
  lexicon: Lexicon
  waits: NotReread | undefined
}) {
  const { moment, happened_at, written_at, time_zone, finished } = checkIn.ratings
  const more = [
    distance(hoursBetween(session.ratings.happened_at, happened_at), words),
    !finished && words.partial,
    writtenLater(checkIn) && fill(words.writtenLater, { time: dayAndTime(written_at, time_zone) }),
  ].filter(Boolean)
  return (
    <li>
      <a class="list-link" href={`/check-ins/${checkIn.id}`}>
        <span>
          {lexicon.moment(moment)}
          <br />
          <span class="soft">
            {dayAndTime(happened_at, time_zone)}; {more.join('; ')}
          </span>
          {waits && <span class="below">{markOf(waits, rereading)}</span>}
        </span>
        <Icon name="on" />
      </a>
    </li>
  )
}
