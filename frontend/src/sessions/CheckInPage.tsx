import rereading from 'messages/rereading'
import words from 'messages/sessions'
import { useState } from 'preact/hooks'
import { type CheckIn, type NotReread, put, remove } from '../api/index.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { go } from '../app/router.ts'
import type { ScreenRoute } from '../app/routes.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { letGoOf } from '../checkins/underway.ts'
import { Button, Dialog, Field, Form, Screen } from '../elements/index.ts'
import { now, rfc3339, typed } from '../elements/when.ts'
import { markOf } from '../rereading/data.ts'
import { Delete } from './Delete.tsx'
import { draftOf, etagOf } from './data.ts'
import { Notes } from './Notes.tsx'
import { CheckInReadBy } from './ReadBy.tsx'
import { Answers, When } from './Reading.tsx'
import { fetchTold, type Told } from './told.ts'

/** One check-in, as it was told. */
export function CheckInPage({ parameters }: ScreenRoute) {
  const id = parameters.id!
  const loaded = useLoaded(() => fetchTold(id), [id])
  const { data } = loaded
  const session = data?.checkIn.session_id
  const change = (told: Told, checkIn: CheckIn) => {
    letGoOf(id)
    loaded.set({ ...told, checkIn })
    // Whether it is to be re-read may be another matter now.
    loaded.again()
  }
  return (
    <Screen
      title={data ? data.lexicon.moment(data.checkIn.ratings.moment) : words.checkInsTitle}
      back={session ? `/sessions/${session}` : '/sessions'}
    >
      <Loaded of={loaded}>
        {(told) => <Page told={told} onChange={(checkIn) => change(told, checkIn)} />}
      </Loaded>
    </Screen>
  )
}

function Page({ told, onChange }: { told: Told; onChange: (checkIn: CheckIn) => void }) {
  const { checkIn, of, waits } = told
  const { moment, finished } = checkIn.ratings
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
        <When told={told} />
      </div>
      {waits && <Waits waits={waits} />}
      <Answers told={told} />
      <div class="row">
        <Button icon="write" href={`/check-in/${moment}?${query}`}>
          {finished ? words.checkIn.correct : words.checkIn.goOn}
        </Button>
        <ChangeTime checkIn={checkIn} onChange={onChange} />
      </div>
      <Notes of={checkIn.id} notes={checkIn.story?.notes} onAdd={addNote} />
      <CheckInReadBy id={checkIn.id} />
      <Delete
        label={words.deleteCheckIn}
        title={words.deleteCheckInTitle}
        detail={words.deleteCheckInDetail}
        onDelete={gone}
      />
    </>
  )
}

/** It was written in the hours after a dose, and is still to be re-read. */
function Waits({ waits }: { waits: NotReread }) {
  return (
    <div class="stack tight">
      <p>{markOf(waits, rereading)}</p>
      {waits.open && (
        <div>
          <Button href={`/re-read/${waits.check_in_id}`}>{rereading.start}</Button>
        </div>
      )}
      <p class="soft">{rereading.why}</p>
    </div>
  )
}

/** When it was, apart from when it was written. */
function ChangeTime({ checkIn, onChange }: { checkIn: CheckIn; onChange: (checkIn: CheckIn) => void }) {
  const { happened_at, time_zone } = checkIn.ratings
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(typed(new Date(happened_at), time_zone))
  const sending = useSending()
  const change = async () => {
    const ratings = { ...checkIn.ratings, happened_at: rfc3339(at, time_zone), revised_at: now() }
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
