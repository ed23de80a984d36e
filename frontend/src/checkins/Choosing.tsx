import words from 'messages/sessions'
import type { CheckIn, CheckInDraft, DosingSession, SessionDraft } from '../api/index.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { go } from '../app/router.ts'
import { Screen } from '../elements/index.ts'
import { dayAndTime } from '../elements/when.ts'
import { draftOf, fetchLexicon } from '../sessions/data.ts'
import { answersOf, factsOf, type Line } from '../sessions/say.ts'
import { Versions } from '../sessions/Versions.tsx'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { dropMine, keepMine, type Row, waiting } from './keeping.ts'
import { type Underway, underway } from './underway.ts'

/** The row that was changed here and somewhere else, for the patient to choose from. */
export function Choosing() {
  const row = waiting.value.find(({ trouble }) => trouble === 'changed')
  const loaded = useLoaded(fetchLexicon)
  const back = () => history.back()
  if (!row)
    return (
      <Screen title={words.versions.title} back={back}>
        {null}
      </Screen>
    )
  const current = row.problem?.members.current as CheckIn | DosingSession | undefined
  const mine = () => {
    keepMine(row)
    back()
  }
  const other = () => {
    dropMine(row)
    underway.value = withOther(underway.peek(), row, current)
    if (underway.peek()) back()
    else go('/today', { instead: true })
  }
  return (
    <>
      {!loaded.data && (
        <Screen title={words.versions.title} back={back}>
          <Loaded of={loaded}>{() => null}</Loaded>
        </Screen>
      )}
      {loaded.data && (
        <Versions
          mine={linesOf(row, row.body, loaded.data)}
          other={current && linesOf(row, current, loaded.data)}
          onMine={mine}
          onOther={other}
          onBack={back}
        />
      )}
    </>
  )
}

function linesOf({ path }: Row, body: object, lexicon: Lexicon): Line[] {
  const { ratings } = body as { ratings: { happened_at: string; time_zone: string } }
  const time = {
    key: 'time',
    label: words.say.time,
    text: dayAndTime(ratings.happened_at, ratings.time_zone),
  }
  if (path === 'sessions') return [time, ...factsOf(body as SessionDraft, lexicon, words)]
  return [time, ...answersOf(body as CheckInDraft, lexicon, words)]
}

/** What is being answered, with the stored version in place of the one that was let go. */
function withOther(
  current: Underway | undefined,
  row: Row,
  other: CheckIn | DosingSession | undefined,
): Underway | undefined {
  if (current?.id === row.id) return other && { ...current, draft: draftOf(other as CheckIn) }
  if (current?.visit?.id !== row.id || !other) return current
  return { ...current, visit: { ...current.visit, body: draftOf(other as DosingSession) } }
}
