import words from 'messages/sharing'

/** Always visible where something is shared. */
export function Unwatched() {
  return <p class="unwatched">{words.unwatched}</p>
}
