import words from 'messages/deposits'
import sessions from 'messages/sessions'
import { useState } from 'preact/hooks'
import { type CheckInDraft, Problem, post, type SessionDraft } from '../api/index.ts'
import { back } from '../app/router.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { Button, Notice } from '../elements/index.ts'
import { etagOf } from '../sessions/data.ts'
import { type Line, versionOfCheckIn, versionOfSession } from '../sessions/say.ts'
import { Versions } from '../sessions/Versions.tsx'
import type { OneProps } from './WaitingScreen.tsx'

/** The same check-in, changed on the phone and elsewhere. */
export function Conflict({ deposit, lexicon, head, onSettled, onAgain, onLater }: OneProps) {
  const sending = useSending()
  const [changed, setChanged] = useState(false)
  const { mine, stored } = deposit
  const decide = (keep: 'mine' | 'stored') => async () => {
    const ifMatch = stored?.check_in && etagOf(stored.check_in)
    await sending.run(async () => {
      try {
        await post('/deposits/{row_id}/decision', { path: { row_id: deposit.id }, body: { keep }, ifMatch })
        await onSettled()
      } catch (failure) {
        if (!(failure instanceof Problem && failure.status === 412)) throw failure
        setChanged(true)
        onAgain()
      }
    })
  }
  const withSession = mine?.session !== undefined
  return (
    <Versions
      told={words.conflict}
      mine={mine ? versionOf(mine, withSession, lexicon) : []}
      other={stored?.check_in && versionOf({ ...stored, check_in: stored.check_in }, withSession, lexicon)}
      onMine={decide('mine')}
      onOther={decide('stored')}
      onBack={() => back('/today')}
      busy={sending.busy}
      later={
        <Button kind="plain" full onClick={onLater}>
          {words.one.later}
        </Button>
      }
    >
      <p class="soft">{head}</p>
      {changed && (
        <Notice amber>
          <p>{words.conflict.again}</p>
        </Notice>
      )}
      <FormFailure of={sending} />
    </Versions>
  )
}

interface Told {
  check_in: CheckInDraft
  session?: SessionDraft
}

function versionOf({ check_in, session }: Told, withSession: boolean, lexicon: Lexicon): Line[] {
  const lines = versionOfCheckIn(check_in, lexicon, sessions)
  if (!withSession || !session) return lines
  const facts = versionOfSession(session, lexicon, sessions)
  return [...facts.map((line) => ({ ...line, key: `session ${line.key}`, under: sessions.facts })), ...lines]
}
