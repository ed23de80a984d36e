import words from 'messages/sessions'
import { useState } from 'preact/hooks'
import { type CheckIn, type DosingSession, get, put, remove } from '../api/index.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { go } from '../app/router.ts'
import type { ScreenRoute } from '../app/routes.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { Button, Dialog, Field, Form, Screen } from '../elements/index.ts'
import { clock, dayAndTime, longDay, rfc3339, typed } from '../elements/when.ts'
import { fill } from '../text.ts'
import { Delete } from './Delete.tsx'
import { draftOf, etagOf, fetchLexicon, fetchSessions, numbered } from './data.ts'
import { Facts } from './Facts.tsx'
import { Notes } from './Notes.tsx'
import { answersOf, writtenLater } from './say.ts'

interface Found {
  checkIn: CheckIn
  of: { session: DosingSession; number: number } | undefined
  lexicon: Lexicon
}

/** One check-in, as it was told. */
export function CheckInPage({ parameters }: ScreenRoute) {
  const id = parameters.id!
  const loaded = useLoaded(() => fetchCheckIn(id), [id])
  const { data } = loaded
  const session = data?.checkIn.session_id
  return (
    <Screen
      title={data ? data.lexicon.moment(data.checkIn.ratings.moment) : words.checkInsTitle}
      back={session ? `/sessions/${session}` : '/sessions'}
    >
      <Loaded of={loaded}>
        {(found) => <Page found={found} onChange={(checkIn) => loaded.set({ ...found, checkIn })} />}
      </Loaded>
    </Screen>
  )
}

async function fetchCheckIn(id: string): Promise<Found> {
  const [{ data: checkIn }, sessions, lexicon] = await Promise.all([
    get('/check-ins/{row_id}', { path: { row_id: id } }),
    fetchSessions(),
    fetchLexicon(),
  ])
  return {
    checkIn,
    of: numbered(sessions.rows).find(({ session }) => session.id === checkIn.session_id),
    lexicon,
  }
}

function Page({ found, onChange }: { found: Found; onChange: (checkIn: CheckIn) => void }) {
  const { checkIn, of, lexicon } = found
  const { happened_at, time_zone, written_at, moment, finished } = checkIn.ratings
  const lines = answersOf(checkIn, lexicon, words)
  const query = new URLSearchParams({ ...(of && { session: of.session.id }), 'check-in': checkIn.id })
  const addNote = async (note: string, body: { text: string; written_at: string }) =>
    onChange(
      (
        await put('/check-ins/{row_id}/notes/{note_id}', {
          path: { row_id: checkIn.id, note_id: note },
          body,
        })
      ).data,
    )
  const gone = async () => {
    await remove('/check-ins/{row_id}', { path: { row_id: checkIn.id }, ifMatch: etagOf(checkIn) })
    go(of ? `/sessions/${of.session.id}` : '/sessions', { instead: true })
  }
  return (
    <>
      <div class="under-title soft">
        <p>
          {longDay(happened_at, time_zone)}, {clock(happened_at, time_zone)}
          {writtenLater(checkIn) &&
            `; ${fill(words.writtenLater, { time: dayAndTime(written_at, time_zone) })}`}
        </p>
        {of && <a href={`/sessions/${of.session.id}`}>{fill(words.session, { number: of.number })}</a>}
      </div>
      {lines.length ? <Facts lines={lines} /> : <p>{words.checkIn.nothing}</p>}
      <div class="row">
        <Button icon="write" href={`/check-in/${moment}?${query}`}>
          {finished ? words.checkIn.correct : words.checkIn.goOn}
        </Button>
        <ChangeTime checkIn={checkIn} onChange={onChange} />
      </div>
      <Notes of={checkIn.id} notes={checkIn.story?.notes} onAdd={addNote} />
      <Delete
        label={words.deleteCheckIn}
        title={words.deleteCheckInTitle}
        detail={words.deleteCheckInDetail}
        onDelete={gone}
      />
    </>
  )
}

/** When it was, apart from when it was written. */
function ChangeTime({ checkIn, onChange }: { checkIn: CheckIn; onChange: (checkIn: CheckIn) => void }) {
  const { happened_at, time_zone } = checkIn.ratings
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(typed(new Date(happened_at), time_zone))
  const sending = useSending()
  const change = async () => {
    const ratings = { ...checkIn.ratings, happened_at: rfc3339(at, time_zone) }
    const body = { ...draftOf(checkIn), ratings }
    const path = { row_id: checkIn.id }
    await sending.run(async () => {
      onChange((await put('/check-ins/{row_id}', { path, body, ifMatch: etagOf(checkIn) })).data)
      setOpen(false)
    })
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{words.checkIn.changeTime}</Button>
      <Dialog title={words.checkIn.timeTitle} open={open} onClose={() => setOpen(false)}>
        <Form id="time" onSubmit={() => at && change()}>
          <Field label={words.form.began} unseenLabel type="datetime-local" value={at} onInput={setAt} />
          <FormFailure of={sending} />
          <Button kind="primary" full form="time" busy={sending.busy}>
            {words.checkIn.useTime}
          </Button>
        </Form>
      </Dialog>
    </>
  )
}
