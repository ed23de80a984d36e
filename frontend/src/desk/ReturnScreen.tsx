import words from 'messages/desk'
import { useState } from 'preact/hooks'
import { post } from '../api/index.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import type { ScreenRoute } from '../app/routes.ts'
import { FormFailure, ToMend, useSending } from '../app/useSending.tsx'
import { Button, Choice, Field, Form, Icon, Notice, Screen } from '../elements/index.ts'
import { fill, plural } from '../text.ts'
import { type DeskShare, fetchDesk, type GivenBack, isOpen, type OpenShare } from './data.ts'
import { groupsOf, isWhole, wholeGroups } from './digits.ts'
import { NotShared } from './Lent.tsx'
import { metWords } from './say.ts'

const { back: says } = words

/** For a patient who lost every way in and began anew: what was lent goes to the new journal, sealed for it alone. */
export function ReturnScreen({ parameters }: ScreenRoute) {
  const id = parameters.id!
  const desk = useLoaded(fetchDesk)
  return (
    <Screen title={says.title} back={`/desk/${id}`} backLabel={words.brief.title}>
      <Loaded of={desk}>{({ shares }) => <Ask id={id} shares={shares} />}</Loaded>
    </Screen>
  )
}

function Ask({ id, shares }: { id: string; shares: readonly DeskShare[] }) {
  const old = shares.find((share) => share.id === id)
  const others = shares.filter(isOpen).filter((share) => share.id !== id)
  const [done, setDone] = useState<GivenBack>()
  if (!old?.patient) return <NotShared />
  if (done) return <Done given={done} />
  return (
    <>
      <div class="stack tight">
        <p>{fill(says.lead, { name: old.patient })}</p>
        <p class="soft">{says.first}</p>
      </div>
      {others.length ? <Give id={id} others={others} onDone={setDone} /> : <p>{says.none}</p>}
    </>
  )
}

interface GiveProps {
  id: string
  others: readonly OpenShare[]
  onDone: (given: GivenBack) => void
}

function Give({ id, others, onDone }: GiveProps) {
  const [to, setTo] = useState<string>()
  const [typed, setTyped] = useState('')
  const sending = useSending()
  const digits = groupsOf(typed)
  const give = async () => {
    const faults = {
      ...(!to && { '#/to': says.choose }),
      ...(!isWhole(digits) && { '#/digits': says.incomplete }),
    }
    if (!to || !isWhole(digits)) throw new ToMend(faults)
    onDone((await post('/desk/{share_id}/returned', { path: { share_id: id }, body: { to, digits } })).data)
  }
  return (
    <Form id="give-back" onSubmit={() => sending.run(give)}>
      <div class="stack tight">
        <Choice
          legend={says.to}
          value={to}
          onChange={setTo}
          options={others.map((share) => ({
            id: share.id,
            label: share.patient,
            hint: [share.what_for, metWords(share, words)].filter(Boolean).join('; '),
          }))}
        />
        {sending.fault('#/to') && (
          <p class="error">
            <Icon name="attention" /> {sending.fault('#/to')}
          </p>
        )}
      </div>
      <div class="stack tight">
        <Field
          label={says.digits}
          hint={says.digitsHint}
          inputMode="numeric"
          value={typed}
          onInput={setTyped}
          error={sending.fault('#/digits')}
          exact
        />
        <p class="soft digits-typed" role="status">
          {plural(says.typed, wholeGroups(digits))}
        </p>
      </div>
      <FormFailure of={sending} />
      <div>
        <Button kind="primary" type="submit" busy={sending.busy}>
          {says.action}
        </Button>
      </div>
    </Form>
  )
}

function Done({ given }: { given: GivenBack }) {
  const sessions = plural(says.sessions, given.sessions)
  const checkIns = plural(says.checkIns, given.check_ins)
  return (
    <Notice title={says.done}>
      <p>{fill(says.doneDetail, { sessions, checkIns })}</p>
      <div class="row">
        <Button href="/desk">{words.toDesk}</Button>
      </div>
    </Notice>
  )
}
