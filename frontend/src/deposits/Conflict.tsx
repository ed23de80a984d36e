import words from 'messages/deposits'
import { type Deposit, Problem, post } from '../api/index.ts'
import { back } from '../app/router.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { Button, Notice } from '../elements/index.ts'
import { etagOf } from '../sessions/data.ts'
import { Versions } from '../sessions/Versions.tsx'
import { mineOf, versionOf } from './version.ts'
import type { OneProps } from './WaitingScreen.tsx'

/** Changed once more, or settled on another device. */
const STALE = new Set([404, 412])

/** The same thing, changed on the phone and elsewhere. */
export function Conflict({ deposit, lexicon, head, onSettled, onAgain, onLater, again }: OneProps) {
  const sending = useSending()
  const decide = (keep: 'mine' | 'stored') => () =>
    sending.run(async () => {
      const path = { deposit_id: deposit.id }
      const { check_in, session } = deposit.stored ?? {}
      const body = { keep, ...(session && { session_revision: session.revision }) }
      try {
        await post('/deposits/{deposit_id}/decision', { path, body, ifMatch: check_in && etagOf(check_in) })
      } catch (failure) {
        if (!(failure instanceof Problem && STALE.has(failure.status))) throw failure
        return onAgain()
      }
      await onSettled()
    })
  return (
    <Versions
      {...both(deposit, lexicon)}
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
      {again && (
        <Notice amber>
          <p>{words.conflict.again}</p>
        </Notice>
      )}
      <FormFailure of={sending} />
    </Versions>
  )
}

/** The two check-ins, with their sessions where these differ too; or, of a check-in that is new, the sessions alone. */
function both(deposit: Deposit, lexicon: Lexicon) {
  const { check_in, session } = deposit.stored ?? {}
  const mine = mineOf(deposit)
  const told = { check_in: mine?.check_in, session: session && mine?.session }
  if (!check_in && session) {
    return {
      told: words.sessionConflict,
      mine: versionOf({ session: told.session }, lexicon),
      other: versionOf({ session }, lexicon),
    }
  }
  return {
    told: words.conflict,
    mine: versionOf(told, lexicon),
    other: check_in && versionOf({ check_in, session: told.session && session }, lexicon),
  }
}
