import words from 'messages/export'
import sessions from 'messages/sessions'
import { Problem } from '../api/index.ts'
import { useLoaded } from '../app/Loaded.tsx'
import { useSending } from '../app/useSending.tsx'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { Button, Notice, Screen, Table } from '../elements/index.ts'
import { dayAndTime, longDay } from '../elements/when.ts'
import { fetchLexicon } from '../sessions/data.ts'
import { answersOf } from '../sessions/say.ts'
import { fill, plural } from '../text.ts'
import { bringIn, look, lookAway, type Preview } from './bringing.ts'
import { bringInOf, countsOf } from './say.ts'
import { Trouble } from './Trouble.tsx'

const { bring } = words

/** What a file would bring, and what in it is wrong. Nothing was kept yet. */
export function PreviewScreen({ preview }: { preview: Preview }) {
  const sending = useSending()
  const counts = countsOf(preview, bring)
  const keep = () =>
    sending.run(async () => {
      try {
        await bringIn()
      } catch (failure) {
        // The journal changed since: what is in the way now is shown below.
        if (failure instanceof Problem) await look().catch(() => {})
        throw failure
      }
    })
  const action = counts.length > 0 && !preview.wrong && (
    <Button kind="primary" full busy={sending.busy} onClick={keep}>
      {bringInOf(preview, bring)}
    </Button>
  )
  return (
    <Screen title={bring.preview} back={lookAway} action={action}>
      <Trouble of={sending.failure} otherwise={bring.notReached} />
      {preview.wrong > 0 && <Wrong preview={preview} />}
      <Counts counts={counts} preview={preview} />
      {preview.remarks.length > 0 && (
        <Notice still title={bring.remarks}>
          {preview.remarks.map((remark) => (
            <p key={remark}>{remark}</p>
          ))}
        </Notice>
      )}
      {preview.sample.length > 0 && <Sample of={preview.sample} />}
      {action && <p class="soft">{bring.allOrNothing}</p>}
    </Screen>
  )
}

function Counts({ counts, preview }: { counts: readonly string[]; preview: Preview }) {
  const { first, last, already, wrong } = preview
  return (
    <div class="stack tight">
      {counts.length > 0 && (
        <ul>
          {counts.map((count) => (
            <li key={count}>{count}</li>
          ))}
        </ul>
      )}
      {first && last && <p>{fill(bring.days, { first: longDay(first), last: longDay(last) })}</p>}
      {already > 0 && <p>{plural(bring.already, already)}</p>}
      {counts.length === 0 && wrong === 0 && <p>{bring.nothing}</p>}
    </div>
  )
}

/** As long as a row is wrong, none is kept: what to do is said for each. */
function Wrong({ preview: { errors, wrong } }: { preview: Preview }) {
  return (
    <div class="stack">
      <Notice amber title={plural(bring.wrong, wrong)}>
        <p>{bring.wrongDetail}</p>
        <div class="row">
          <Button onClick={lookAway}>{bring.chooseOther}</Button>
        </div>
      </Notice>
      <Table
        caption={
          errors.length < wrong ? fill(bring.firstOf, { count: errors.length, of: wrong }) : bring.rows
        }
        columns={[bring.row, bring.toDo]}
        rows={errors.map(({ row, detail }) => [row, detail])}
      />
    </div>
  )
}

function Sample({ of }: { of: Preview['sample'] }) {
  const lexicon = useLoaded(fetchLexicon).data
  return (
    <section class="stack tight">
      <h2>{plural(bring.sample, of.length)}</h2>
      <ul class="list plain">
        {lexicon && of.map((checkIn, place) => <CheckIn key={place} checkIn={checkIn} lexicon={lexicon} />)}
      </ul>
    </section>
  )
}

function CheckIn({ checkIn, lexicon }: { checkIn: Preview['sample'][number]; lexicon: Lexicon }) {
  const { happened_at, time_zone, moment } = checkIn.ratings
  return (
    <li class="list-link">
      <span>
        {dayAndTime(happened_at, time_zone)}
        <span class="soft below"> {lexicon.moment(moment)}</span>
        {answersOf(checkIn, lexicon, sessions).map(({ key, label, text }) => (
          <span key={key} class="below">
            {fill(bring.answer, { label, text })}
          </span>
        ))}
      </span>
    </li>
  )
}
