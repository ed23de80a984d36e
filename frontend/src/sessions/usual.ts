/** What is usual with this patient, to begin a session from. */
import type { DosingSession, SessionDraft } from '../api/index.ts'
import { loadSettings, mySettings } from '../app/mySettings.ts'
import { fetchSessions, numbered } from './data.ts'

/** Course, route and place as the last time, or as the settings say. What is there already stays. */
export async function asUsual(body: SessionDraft): Promise<SessionDraft> {
  const [sessions, { values }] = await Promise.all([fetchSessions(), mySettings.peek() ?? loadSettings()])
  const line = numbered(sessions.rows).map(({ session }) => session)
  const last = <T>(fact: (session: DosingSession) => T | undefined) =>
    line.map(fact).findLast((told) => told !== undefined)
  const route = body.ratings.route ?? last(({ ratings }) => ratings.route) ?? values.usual_route
  const place = body.story?.place ?? last(({ story }) => story?.place) ?? values.usual_place
  const course = body.course_id ?? line.at(-1)?.course_id
  const story = place ? { ...body.story, place } : body.story
  return {
    ...body,
    ...(course && { course_id: course }),
    ratings: { ...body.ratings, ...(route && { route }) },
    ...(story && { story }),
  }
}
