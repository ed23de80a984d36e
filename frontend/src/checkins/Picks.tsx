import words from 'messages/checkin'
import { useState } from 'preact/hooks'
import type { ListId } from '../catalogue/types.ts'
import { Button, Chips, Dialog, Field, Form } from '../elements/index.ts'
import { Ask } from './Ask.tsx'
import { pick, pickNothing } from './draft.ts'
import type { Question } from './flow.ts'
import { labelOf, type Turn } from './turn.ts'
import { addOwn, change, momentOf } from './underway.ts'

const NOTHING = 'nothing'
type PicksTurn = Turn<Extract<Question, { kind: 'picks' }>>

/** What was noticed, or what bothered. "Nothing special" alone answers at once; picks stay until Next. */
export function PicksQuestion({ turn }: { turn: PicksTurn }) {
  const { draft, question, catalogue } = turn
  const { list, carried } = question
  const { question: title, none } = catalogue.lists.find(({ id }) => id === list)!
  const kept = draft.ratings.none?.includes(list) ? [NOTHING] : Object.keys(draft.ratings[list] ?? {})
  const [chosen, choose] = useState(kept.length ? kept : carried)
  const isProposal = kept.length === 0 && carried.length > 0
  const answered = (ids: readonly string[]) =>
    ids.includes(NOTHING) ? pickNothing(draft, list) : pick(draft, list, ids)
  const onChange = (ids: string[]) => {
    choose(ids)
    if (ids.includes(NOTHING) && chosen.length === 0) turn.goOn(answered(ids))
    else change(answered(ids))
  }
  return (
    <Ask
      turn={turn}
      title={title}
      hint={isProposal ? words.carried : undefined}
      chosen={chosen.length > 0}
      onNext={() => turn.goOn(answered(chosen))}
    >
      <Chips
        label={title}
        options={[{ id: NOTHING, label: none }, ...offered(turn, chosen)]}
        alone={[NOTHING]}
        chosen={chosen}
        onChange={onChange}
      />
      <Own list={list} onAdd={(id) => onChange([...chosen.filter((other) => other !== NOTHING), id])} />
    </Ask>
  )
}

/** The terms of the moment, the patient's own, and whatever was picked before and is on neither. */
function offered(turn: PicksTurn, chosen: readonly string[]) {
  const { catalogue, current, question } = turn
  const moment = momentOf(current)
  const terms = catalogue.terms
    .filter(
      ({ list, moments, landing }) =>
        list === question.list && moments.includes(moment) && (landing || moment !== 'landing'),
    )
    .sort((a, b) => a.order - b.order)
  const own = current.own.filter(({ ratings }) => ratings.list === question.list && !ratings.retired)
  const ids = [...terms.map(({ id }) => id), ...own.map(({ id }) => `own.${id}`)]
  const others = [...question.carried, ...chosen].filter((id) => id !== NOTHING && !ids.includes(id))
  const hints = new Map(terms.map(({ id, hint }) => [id, hint]))
  return [...new Set([...ids, ...others])].map((id) => ({
    id,
    label: labelOf(turn, id),
    hint: hints.get(id),
  }))
}

/** A sensation of the patient's own, for this list from now on. */
function Own({ list, onAdd }: { list: ListId; onAdd: (id: string) => void }) {
  const [open, setOpen] = useState(false)
  const [label, setLabel] = useState('')
  const add = () => {
    if (!label.trim()) return
    onAdd(addOwn(list, label.trim()))
    setLabel('')
    setOpen(false)
  }
  return (
    <div>
      <Button kind="plain" icon="add" onClick={() => setOpen(true)}>
        {words.own}
      </Button>
      <Dialog title={words.ownTitle} open={open} onClose={() => setOpen(false)}>
        <Form id="own" onSubmit={add}>
          <Field
            label={words.ownLabel}
            hint={words.ownHint}
            value={label}
            onInput={setLabel}
            maxLength={60}
          />
          <Button kind="primary" full form="own">
            {words.add}
          </Button>
        </Form>
      </Dialog>
    </div>
  )
}
