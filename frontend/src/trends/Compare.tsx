import { signal } from '@preact/signals'
import messages from 'messages/trends'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { Select } from '../elements/index.ts'
import { fetchComparison, type Journal, type Session, type Trends } from './data.ts'
import { sessionFacts, sessionName } from './phrases.ts'
import { SideBySide } from './SideBySide.tsx'

/** The two that were chosen, by id; in memory, so that coming back from a session's page finds them again. */
const chosen = signal<{ first?: string; second?: string }>({})

/** Any two sessions side by side; at first the last two that have happened. */
export function Compare({ trends, words }: Journal) {
  const pair = pairOf(trends.sessions)
  if (!pair) return <p>{messages.compareNeedsTwo}</p>
  return <Both sessions={trends.sessions} pair={pair} words={words} />
}

function Both({ sessions, pair, words }: { sessions: Session[]; pair: [string, string]; words: Lexicon }) {
  const [first, second] = pair
  const comparison = useLoaded(() => fetchComparison(first, second), pair)
  const options = sessions.map((session) => ({
    id: session.id,
    label: `${sessionName(session)}, ${sessionFacts(session, words)[0]}`,
  }))
  return (
    <>
      <div class="beside not-printed">
        <Select
          label={messages.firstSession}
          value={first}
          options={options.filter(({ id }) => id !== second)}
          onChange={(id) => {
            chosen.value = { first: id, second }
          }}
        />
        <Select
          label={messages.secondSession}
          value={second}
          options={options.filter(({ id }) => id !== first)}
          onChange={(id) => {
            chosen.value = { first, second: id }
          }}
        />
      </div>
      <Loaded of={comparison}>{(found) => <SideBySide comparison={found} words={words} />}</Loaded>
    </>
  )
}

/** What was chosen and is still there, else the last two that have happened. */
function pairOf(sessions: Trends['sessions']): [string, string] | undefined {
  const known = (id?: string) => sessions.some((session) => session.id === id)
  const { first, second } = chosen.value
  if (first && second && known(first) && known(second)) return [first, second]
  const past = sessions.filter(({ happened_at }) => Date.parse(happened_at) <= Date.now())
  const [one, other] = (past.length > 1 ? past : sessions).slice(-2)
  return one && other ? [one.id, other.id] : undefined
}
