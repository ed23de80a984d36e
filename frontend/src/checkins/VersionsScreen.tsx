import words from 'messages/sessions'
import type { CheckIn, CheckInDraft, DosingSession, SessionDraft } from '../api/index.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { back } from '../app/router.ts'
import type { ScreenRoute } from '../app/routes.ts'
import { Screen } from '../elements/index.ts'
import { draftOf, fetchLexicon } from '../sessions/data.ts'
import { versionOfCheckIn, versionOfSession } from '../sessions/say.ts'
import { Versions } from '../sessions/Versions.tsx'
import { dropMine, keepMine, type Row, waiting } from './keeping.ts'
import { underway } from './underway.ts'

type Stored = CheckIn | DosingSession

/** What was changed here and somewhere else, for the patient to choose from. */
export function VersionsScreen(_: ScreenRoute) {
  const row = waiting.value.find(({ trouble }) => trouble === 'changed')
  const loaded = useLoaded(fetchLexicon)
  const leave = () => back('/today')
  if (!row || !loaded.data) {
    return (
      <Screen title={words.versions.title} back={leave}>
        {row ? <Loaded of={loaded}>{() => null}</Loaded> : <p>{words.versions.none}</p>}
      </Screen>
    )
  }
  const stored = row.problem?.members.current as Stored | undefined
  const linesOf = (version: object) =>
    row.path === 'sessions'
      ? versionOfSession(version as SessionDraft, loaded.data!, words)
      : versionOfCheckIn(version as CheckInDraft, loaded.data!, words)
  const keepThis = () => {
    keepMine(row)
    leave()
  }
  const keepOther = () => {
    dropMine(row)
    putInPlace(row, stored)
    leave()
  }
  return (
    <Versions
      mine={linesOf(row.body)}
      other={stored && linesOf(stored)}
      onMine={keepThis}
      onOther={keepOther}
      onBack={leave}
    />
  )
}

/** What is being answered goes on from the stored version, not from the one that was let go. */
function putInPlace({ id }: Row, stored: Stored | undefined): void {
  const current = underway.peek()
  if (current?.id === id) underway.value = stored && { ...current, draft: draftOf(stored as CheckIn) }
  else if (current?.visit?.id === id && stored) {
    underway.value = { ...current, visit: { ...current.visit, body: draftOf(stored as DosingSession) } }
  }
}
