import words from 'messages/sharing'
import { useState } from 'preact/hooks'
import { get, post, remove } from '../api/index.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import type { ScreenRoute } from '../app/routes.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button, Dialog, Notice, Screen } from '../elements/index.ts'
import { longDay } from '../elements/when.ts'
import { fill, plural } from '../text.ts'
import type { ReturnedRows, TakenIn } from './types.ts'

/** What somebody gave back to this journal, after another was lost. */
export function ReturnedScreen(_: ScreenRoute) {
  const loaded = useLoaded(async () => (await get('/returned')).data.returned)
  const [taken, setTaken] = useState<TakenIn>()
  const onTaken = (what: TakenIn) => {
    setTaken(what)
    loaded.again()
  }
  return (
    <Screen title={words.returned.title} back="/sharing">
      <p class="soft">{words.returned.lead}</p>
      {taken && (
        <Notice>
          <p>{saidOf(taken)}</p>
        </Notice>
      )}
      <Loaded of={loaded}>
        {(all) => (
          <>
            {all.length === 0 && !taken && <p>{words.returned.none}</p>}
            {all.map((rows) => (
              <Returned key={rows.id} rows={rows} onTaken={onTaken} onGone={loaded.again} />
            ))}
          </>
        )}
      </Loaded>
    </Screen>
  )
}

const saidOf = ({ kept, already, refused }: TakenIn): string =>
  [
    plural(words.returned.taken, kept),
    already ? plural(words.returned.already, already) : '',
    refused ? plural(words.returned.refused, refused) : '',
  ]
    .filter(Boolean)
    .join(' ')

interface ReturnedProps {
  rows: ReturnedRows
  onTaken: (what: TakenIn) => void
  onGone: () => void
}

function Returned({ rows, onTaken, onGone }: ReturnedProps) {
  const { id, name, opens, stored_at, sessions, check_ins } = rows
  const sending = useSending()
  const take = () =>
    sending.run(async () =>
      onTaken((await post('/returned/{return_id}/taking', { path: { return_id: id } })).data),
    )
  return (
    <section class="panel" aria-labelledby={`returned-${id}`}>
      <h2 id={`returned-${id}`}>{fill(words.returned.from, { name })}</h2>
      <p>
        {opens
          ? fill(words.returned.what, {
              checkIns: plural(words.returned.checkIns, check_ins),
              sessions: plural(words.returned.sessions, sessions),
              day: longDay(stored_at),
            })
          : words.returned.unopened}
      </p>
      <FormFailure of={sending} />
      {opens && (
        <Button kind="primary" full busy={sending.busy} onClick={take}>
          {words.returned.take}
        </Button>
      )}
      <Leave rows={rows} onGone={onGone} />
    </section>
  )
}

function Leave({ rows: { id, name }, onGone }: { rows: ReturnedRows; onGone: () => void }) {
  const [open, setOpen] = useState(false)
  const sending = useSending()
  const leave = async () => {
    const path = { return_id: id }
    if (await sending.run(() => remove('/returned/{return_id}', { path }))) onGone()
  }
  return (
    <>
      <Button full onClick={() => setOpen(true)}>
        {words.returned.leave}
      </Button>
      <Dialog
        title={words.returned.leaveTitle}
        open={open}
        onClose={() => setOpen(false)}
        closeLabel={words.returned.keep}
      >
        <p>{fill(words.returned.leaveDetail, { name })}</p>
        <FormFailure of={sending} />
        <Button kind="amber" full busy={sending.busy} onClick={leave}>
          {words.returned.leave}
        </Button>
      </Dialog>
    </>
  )
}
