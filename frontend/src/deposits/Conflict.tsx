import words from 'messages/deposits'
import { useState } from 'preact/hooks'
import { Problem, post } from '../api/index.ts'
import { back } from '../app/router.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button, Notice } from '../elements/index.ts'
import { etagOf } from '../sessions/data.ts'
import { Versions } from '../sessions/Versions.tsx'
import { versionOf } from './version.ts'
import type { OneProps } from './WaitingScreen.tsx'

/** Changed once more, or settled on another device. */
const STALE = new Set([404, 412])

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
        if (!(failure instanceof Problem && STALE.has(failure.status))) throw failure
        setChanged(true)
        onAgain()
      }
    })
  }
  // What was not told with it has no second version.
  const session = mine?.session && stored?.session
  return (
    <Versions
      told={words.conflict}
      mine={mine ? versionOf(mine, lexicon) : []}
      other={stored?.check_in && versionOf({ check_in: stored.check_in, session }, lexicon)}
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
