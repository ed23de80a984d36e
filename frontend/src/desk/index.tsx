/** A therapist's desk. */
import words from 'messages/desk'
import { Screen } from '../elements/index.ts'

export function DeskScreen() {
  return (
    <Screen title={words.title}>
      <p class="lead">{words.nothing}</p>
      <p class="soft">{words.nothingDetail}</p>
    </Screen>
  )
}
