import words from 'messages/checkin'
import here from 'messages/here'
import { wantSheet } from '../app/signInAgain.ts'
import { Button, Notice } from '../elements/index.ts'
import { leaveOut } from './draft.ts'
import { allMirrored, sealAgain, sealedFor, whereIs } from './here.ts'
import { type Row, state, type Trouble, tryNow, waiting } from './keeping.ts'
import { change, underway } from './underway.ts'

/** What keeps answers from reaching the server, and what can be done about it. Nothing while all is well. */
export function Troubles() {
  const current = underway.value
  if (current && sealedFor(current.id)) return <NotKept id={current.id} />
  const trouble = state.value
  if (trouble === 'kept' || trouble === 'keeping') return null
  const row = waiting.value.find((each) => each.trouble === trouble)!
  return (
    <Notice amber>
      <p>{trouble === 'unreachable' && allMirrored.value ? here.unreachable : words.trouble[trouble]}</p>
      {trouble === 'refused' && <Refused row={row} />}
      {trouble === 'changed' && (
        <div class="row">
          <Button href="/versions">{words.seeBoth}</Button>
        </div>
      )}
      {(trouble === 'unreachable' || trouble === 'signed-out') && (
        <div class="row">
          <Button onClick={() => again(trouble)}>
            {trouble === 'signed-out' ? words.signIn : words.tryNow}
          </Button>
        </div>
      )}
    </Notice>
  )
}

function again(trouble: Trouble): void {
  if (trouble === 'signed-out') wantSheet()
  tryNow()
}

/** A sealed check-in that this phone could not store. */
function NotKept({ id }: { id: string }) {
  if (whereIs(id) !== 'failed') return null
  return (
    <Notice amber>
      <p>{here.failedTitle}</p>
      <div class="row">
        <Button onClick={() => sealAgain(id)}>{here.again}</Button>
      </div>
    </Notice>
  )
}

const QUESTIONNAIRE = /^#\/ratings\/instruments\/(\w+)/

/** The server's own sentences; a questionnaire that comes too soon can be left out. */
function Refused({ row }: { row: Row }) {
  const faults = [...(row.problem?.faults ?? [])]
  const tooSoon = faults.map(([pointer]) => QUESTIONNAIRE.exec(pointer)?.[1]).find(Boolean)
  return (
    <>
      {faults.length ? (
        faults.map(([pointer, text]) => <p key={pointer}>{text}</p>)
      ) : (
        <p>{row.problem?.detail}</p>
      )}
      {tooSoon && underway.value?.id === row.id && (
        <div class="row">
          <Button onClick={() => change(leaveOut(underway.value!.draft, tooSoon))}>{words.leaveOut}</Button>
        </div>
      )}
    </>
  )
}
