import words from 'messages/rereading'
import sessions from 'messages/sessions'
import { ListLink } from '../elements/index.ts'
import { plural } from '../text.ts'

/** A quiet way to what can be re-read. */
export function Reread({ count }: { count: number }) {
  if (!count) return null
  return (
    <ul class="list plain">
      <ListLink to="/re-read" name={words.action} more={plural(sessions.checkIns, count)} />
    </ul>
  )
}
