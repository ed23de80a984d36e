import words from 'messages/sharing'
import { get } from '../api/index.ts'
import { type Fetched, Loaded, useLoaded } from '../app/Loaded.tsx'
import type { ScreenRoute } from '../app/routes.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { type Catalogue, loadCatalogue } from '../catalogue/index.ts'
import { Button, Notice, Screen } from '../elements/index.ts'
import { dayAndTime } from '../elements/when.ts'
import { fetchDays } from './data.ts'
import { type Days, lineOf } from './say.ts'
import type { AccessLog, LogEntry } from './types.ts'

interface Found extends AccessLog {
  days: Days
  catalogue: Catalogue
}

/** Who opened what, and every change to what is shared; the newest first. */
export function OpenedScreen(_: ScreenRoute) {
  const loaded = useLoaded(fetchFirst)
  return (
    <Screen title={words.seen.title} back="/sharing">
      <p class="soft">{words.seen.lead}</p>
      <Loaded of={loaded}>{(found) => <Lines found={found} loaded={loaded} />}</Loaded>
    </Screen>
  )
}

const fetchPage = async (before?: number): Promise<AccessLog> =>
  (await get('/access-log', { query: { before } })).data

async function fetchFirst(): Promise<Found> {
  const [page, days, catalogue] = await Promise.all([fetchPage(), fetchDays(), loadCatalogue()])
  return { ...page, days, catalogue }
}

function Lines({ found, loaded }: { found: Found; loaded: Fetched<Found> }) {
  const { entries, next, whole } = found
  const sending = useSending()
  const more = () =>
    sending.run(async () => {
      const page = await fetchPage(next)
      loaded.set({
        ...found,
        ...page,
        entries: [...entries, ...page.entries],
        next: page.next,
        whole: whole && page.whole,
      })
    })
  return (
    <>
      {!whole && (
        <Notice amber still title={words.seen.notWhole}>
          <p>{words.seen.notWholeDetail}</p>
        </Notice>
      )}
      {entries.length === 0 && whole && <p>{words.seen.none}</p>}
      {entries.length > 0 && (
        <ol class="list plain">
          {entries.map((entry) => (
            <Line key={entry.number} entry={entry} found={found} />
          ))}
        </ol>
      )}
      <FormFailure of={sending} />
      {next !== undefined && (
        <div>
          <Button busy={sending.busy} onClick={more}>
            {words.seen.more}
          </Button>
        </div>
      )}
    </>
  )
}

function Line({ entry, found: { days, catalogue } }: { entry: LogEntry; found: Found }) {
  const momentName = (moment: string) => catalogue.moments.find(({ id }) => id === moment)?.label ?? moment
  return (
    <li class="list-link">
      <span>
        {lineOf(entry, days, momentName, words)}
        {entry.at && <span class="soft below"> {dayAndTime(entry.at)}</span>}
      </span>
    </li>
  )
}
