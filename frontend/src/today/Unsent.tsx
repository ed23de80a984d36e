import here from 'messages/here'
import words from 'messages/today'
import type { CheckInDraft } from '../api/index.ts'
import { allMirrored } from '../checkins/here.ts'
import { state, tryNow, waiting } from '../checkins/keeping.ts'
import { Button, Notice } from '../elements/index.ts'

/** Answers that the server does not have yet, wherever they were given. */
export function Unsent() {
  const trouble = state.value
  if (trouble === 'kept' || trouble === 'keeping') return null
  const retry = trouble === 'unreachable' || trouble === 'signed-out'
  const row = waiting.value.find((each) => each.trouble === trouble)!
  return (
    <Notice amber title={words.unsent.title}>
      <p>{trouble === 'unreachable' && allMirrored.value ? here.unreachable : words.unsent[trouble]}</p>
      <div class="row">
        {retry && <Button onClick={tryNow}>{words.unsent.now}</Button>}
        {trouble === 'changed' && <Button href="/versions">{words.unsent.choose}</Button>}
        {row.path === 'check-ins' && trouble !== 'changed' && (
          <Button href={addressOf(row.id, row.body as CheckInDraft)}>{words.unsent.look}</Button>
        )}
      </div>
    </Notice>
  )
}

function addressOf(id: string, { ratings, session_id }: CheckInDraft): string {
  const query = new URLSearchParams({ ...(session_id && { session: session_id }), 'check-in': id })
  return `/check-in/${ratings.moment}?${query}`
}
