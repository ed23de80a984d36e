import words from 'messages/rereading'
import sessions from 'messages/sessions'
import { Icon } from '../elements/index.ts'
import { plural } from '../text.ts'

/** A quiet way to what can be re-read. */
export function Reread({ count }: { count: number }) {
  if (!count) return null
  return (
    <ul class="list plain">
      <li>
        <a class="list-link" href="/re-read">
          <span>
            {words.action}
            <span class="soft below"> {plural(sessions.checkIns, count)}</span>
          </span>
          <Icon name="on" />
        </a>
      </li>
    </ul>
  )
}
