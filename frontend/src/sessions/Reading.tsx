import words from 'messages/sessions'
import type { CheckInDraft } from '../api/index.ts'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { clock, dayAndTime, longDay } from '../elements/when.ts'
import { fill } from '../text.ts'
import { Facts } from './Facts.tsx'
import { answersOf, writtenLater } from './say.ts'
import type { Told } from './told.ts'

/** When a check-in was, when it was written if that was later, and of which session it is. */
export function When({ told: { checkIn, of } }: { told: Told }) {
  return (
    <>
      <At checkIn={checkIn} />
      {of && <a href={`/sessions/${of.session.id}`}>{fill(words.session, { number: of.number })}</a>}
    </>
  )
}

/** When a check-in was, and when it was written if that was later. */
export function At({ checkIn }: { checkIn: CheckInDraft }) {
  const { happened_at, time_zone, written_at } = checkIn.ratings
  return (
    <p>
      {longDay(happened_at, time_zone)}, {clock(happened_at, time_zone)}
      {writtenLater(checkIn) && `; ${fill(words.writtenLater, { time: dayAndTime(written_at, time_zone) })}`}
    </p>
  )
}

interface AnswersProps {
  told: { checkIn: CheckInDraft; lexicon: Lexicon }
  heading?: 'h2' | 'h3'
}

/** Every answer, as the patient gave it. */
export function Answers({ told: { checkIn, lexicon }, heading }: AnswersProps) {
  const lines = answersOf(checkIn, lexicon, words)
  return lines.length ? <Facts lines={lines} heading={heading} /> : <p>{words.checkIn.nothing}</p>
}
