import words from 'messages/sessions'
import type { CheckIn, Course, DosingSession } from '../api/index.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import type { ScreenRoute } from '../app/routes.ts'
import { type Catalogue, loadCatalogue } from '../catalogue/index.ts'
import { Button, Icon, Notice, Screen } from '../elements/index.ts'
import { clock, longDay } from '../elements/when.ts'
import { fill, plural } from '../text.ts'
import { fetchCheckIns, fetchCourses, fetchSessions, numbered, sinceEpoch } from './data.ts'

interface Found {
  catalogue: Catalogue
  sessions: { session: DosingSession; number: number }[]
  courses: readonly Course[]
  checkIns: readonly CheckIn[]
  unopened: number
}

/** All sessions, the newest first. */
export function SessionsScreen(_: ScreenRoute) {
  const loaded = useLoaded(fetchAll)
  const action = (
    <Button kind="primary" icon="add" full href="/sessions/new">
      {words.add}
    </Button>
  )
  return (
    <Screen title={words.title} action={action}>
      <Loaded of={loaded}>{(found) => <List found={found} />}</Loaded>
    </Screen>
  )
}

async function fetchAll(): Promise<Found> {
  const [catalogue, sessions, courses, checkIns] = await Promise.all([
    loadCatalogue(),
    fetchSessions(),
    fetchCourses(),
    fetchCheckIns(),
  ])
  return {
    catalogue,
    sessions: numbered(sessions.rows).reverse(),
    courses,
    checkIns: checkIns.rows,
    unopened: sessions.unopened + checkIns.unopened,
  }
}

function List({ found }: { found: Found }) {
  const { sessions, courses, unopened } = found
  const groups = [...new Set(sessions.map(({ session }) => session.course_id))]
  const alone = found.checkIns.filter(({ session_id }) => session_id === undefined)
  return (
    <>
      {unopened > 0 && (
        <Notice amber still title={plural(words.unopenedTitle, unopened)}>
          <p>{words.unopened}</p>
        </Notice>
      )}
      {sessions.length === 0 && <p>{words.empty}</p>}
      {groups.map((course) => (
        <section class="stack tight" key={course}>
          {(groups.length > 1 || course) && (
            <h2>{courses.find(({ id }) => id === course)?.story?.name ?? words.noCourse}</h2>
          )}
          <ul class="list plain">
            {sessions
              .filter(({ session }) => session.course_id === course)
              .map((each) => (
                <Entry key={each.session.id} {...each} found={found} />
              ))}
          </ul>
        </section>
      ))}
      {alone.length > 0 && <Alone checkIns={alone} found={found} />}
    </>
  )
}

function Entry({ session, number, found }: { session: DosingSession; number: number; found: Found }) {
  const { happened_at, time_zone, route } = session.ratings
  const count = found.checkIns.filter(({ session_id }) => session_id === session.id).length
  const letter = found.catalogue.routes.find(({ id }) => id === route)?.letter
  const planned = sinceEpoch(session) > Date.now()
  return (
    <li>
      <a class="list-link" href={`/sessions/${session.id}`}>
        <span>
          <strong>{fill(words.session, { number })}</strong>
          {letter && <span class="letter"> {letter}</span>}
          <br />
          <span class="soft">
            {longDay(happened_at, time_zone)}, {clock(happened_at, time_zone)}
            <br />
            {planned ? words.planned : count ? plural(words.checkIns, count) : words.none}
          </span>
        </span>
        <Icon name="on" />
      </a>
    </li>
  )
}

/** Check-ins that belong to no session. */
function Alone({ checkIns, found }: { checkIns: readonly CheckIn[]; found: Found }) {
  return (
    <section class="stack tight">
      <h2>{words.aloneTitle}</h2>
      <ul class="list plain">
        {[...checkIns]
          .sort((a, b) => sinceEpoch(b) - sinceEpoch(a))
          .map(({ id, ratings }) => (
            <li key={id}>
              <a class="list-link" href={`/check-ins/${id}`}>
                <span>
                  {found.catalogue.moments.find((moment) => moment.id === ratings.moment)?.label}
                  <br />
                  <span class="soft">
                    {longDay(ratings.happened_at, ratings.time_zone)},{' '}
                    {clock(ratings.happened_at, ratings.time_zone)}
                  </span>
                </span>
                <Icon name="on" />
              </a>
            </li>
          ))}
      </ul>
    </section>
  )
}
