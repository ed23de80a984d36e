import words from 'messages/rereading'
import { useState } from 'preact/hooks'
import { Problem, post, put } from '../api/index.ts'
import { type Fetched, Loaded, useLoaded } from '../app/Loaded.tsx'
import { go } from '../app/router.ts'
import type { ScreenRoute } from '../app/routes.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { unsent } from '../checkins/keeping.ts'
import { letGoOf } from '../checkins/underway.ts'
import { Button, Notice, Screen } from '../elements/index.ts'
import { etagOf } from '../sessions/data.ts'
import { Notes } from '../sessions/Notes.tsx'
import { Answers, When } from '../sessions/Reading.tsx'
import { fetchTold, type Told } from '../sessions/told.ts'
import { Unsent } from '../today/Unsent.tsx'
import { markOf } from './data.ts'
import { GoesOn } from './GoesOn.tsx'

/** One check-in to be re-read: it is kept as it is, added to, or corrected. */
export function RereadScreen({ parameters }: ScreenRoute) {
  const id = parameters.id!
  // A correction that is on its way is re-read when it has arrived.
  const arrived = unsent('check-ins', id) === undefined
  const loaded = useLoaded(() => fetchTold(id), [id, arrived])
  const told = loaded.data
  const open = arrived && told?.waits?.open
  return (
    <Screen
      title={told ? told.lexicon.moment(told.checkIn.ratings.moment) : words.title}
      back="/re-read"
      action={open && <Keep told={told} loaded={loaded} />}
    >
      <Unsent />
      <Loaded of={loaded}>{(found) => <Page told={found} again={loaded.again} />}</Loaded>
    </Screen>
  )
}

function Keep({ told, loaded }: { told: Told; loaded: Fetched<Told> }) {
  const sending = useSending()
  const [changed, setChanged] = useState(false)
  const { checkIn } = told
  const keep = async () => {
    try {
      const path = { row_id: checkIn.id }
      await post('/check-ins/{row_id}/rereading', { path, ifMatch: etagOf(checkIn) })
    } catch (failure) {
      if (!(failure instanceof Problem && failure.is('changed-elsewhere'))) throw failure
      setChanged(true)
      return loaded.again()
    }
    letGoOf(checkIn.id)
    go('/re-read', { instead: true })
  }
  return (
    <>
      {changed && (
        <Notice amber>
          <p>{words.changed}</p>
        </Notice>
      )}
      <FormFailure of={sending} />
      <Button kind="primary" full busy={sending.busy} onClick={() => sending.run(keep)}>
        {words.keep}
      </Button>
    </>
  )
}

function Page({ told, again }: { told: Told; again: () => void }) {
  const { checkIn, of, waits } = told
  const query = new URLSearchParams({ ...(of && { session: of.session.id }), 'check-in': checkIn.id })
  const addNote = async (note: string, body: { text: string; written_at: string }) => {
    const path = { row_id: checkIn.id, note_id: note }
    await put('/check-ins/{row_id}/notes/{note_id}', { path, body })
    letGoOf(checkIn.id)
    again()
  }
  return (
    <>
      <div class="under-title soft">
        <When told={told} />
        {waits && !waits.open && <p>{markOf(waits, words)}</p>}
      </div>
      <p class="soft">{waits ? words.why : words.nothingHere}</p>
      <GoesOn checkIn={checkIn.id} />
      <Answers told={told} />
      <Notes of={checkIn.id} notes={checkIn.story?.notes} label={words.add} onAdd={addNote} />
      <div>
        <Button icon="write" href={`/check-in/${checkIn.ratings.moment}?${query}&then=re-read`}>
          {words.correct}
        </Button>
      </div>
    </>
  )
}
