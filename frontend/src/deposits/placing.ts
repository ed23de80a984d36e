/** Of which session a check-in is that a signed-out phone could not place. Pure; the same windows as when it is filed. */
import type { CheckInDraft, DosingSession } from '../api/index.ts'
import type { Moment } from '../catalogue/types.ts'
import { hoursBetween } from '../elements/when.ts'

/** A check-in of the session's own day. */
const NEAR_HOURS = 6

/** On the latest session it can be of; where there is none, it is a check-in at any time. */
export function placed(
  draft: CheckInDraft,
  sessions: readonly DosingSession[],
  moments: readonly Moment[],
): CheckInDraft {
  const { moment: name, happened_at } = draft.ratings
  const moment = moments.find(({ id }) => id === name)
  if (draft.session_id || name === 'anytime' || !moment) return draft
  const follows = name !== 'before' && name !== 'landing'
  const [from, until] = follows
    ? [0, moment.accept_until_hours ?? moment.closes_after_hours ?? 0]
    : [-NEAR_HOURS, NEAR_HOURS]
  const since = ({ ratings }: DosingSession) => hoursBetween(ratings.happened_at, happened_at)
  const session = [...sessions]
    .sort((a, b) => since(a) - since(b))
    .find((each) => since(each) >= from && since(each) <= until)
  if (session) return { ...draft, session_id: session.id }
  return { ...draft, ratings: { ...draft.ratings, moment: 'anytime' } }
}
