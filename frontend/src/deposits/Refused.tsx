import checkin from 'messages/checkin'
import words from 'messages/deposits'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { post, remove } from '../api/index.ts'
import { FormFailure, type Sending, useSending } from '../app/useSending.tsx'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { Button, Notice, Screen } from '../elements/index.ts'
import { Delete } from '../sessions/Delete.tsx'
import { etagOf } from '../sessions/data.ts'
import { Facts } from '../sessions/Facts.tsx'
import type { Line } from '../sessions/say.ts'
import { keepWithout, putRight } from './putRight.ts'
import { bareLines } from './say.ts'
import { type Mine, mineOf, versionOf } from './version.ts'
import type { OneProps } from './WaitingScreen.tsx'

/** It names a session that is not in the journal. */
export function NoSession({ deposit, lexicon, head, onSettled, onLater }: OneProps) {
  const sending = useSending()
  const keep = async () => {
    const path = { deposit_id: deposit.id }
    const stored = deposit.stored?.check_in
    const ifMatch = stored && etagOf(stored)
    await post('/deposits/{deposit_id}/decision', { path, body: { keep: 'anytime' }, ifMatch })
    await onSettled()
  }
  return (
    <One
      title={words.noSession.title}
      head={head}
      onLater={onLater}
      action={
        <Button kind="primary" full busy={sending.busy} onClick={() => sending.run(keep)}>
          {words.noSession.keep}
        </Button>
      }
    >
      <p>{words.noSession.detail}</p>
      <FormFailure of={sending} />
      <Facts lines={tell(mineOf(deposit), lexicon).lines} />
      <Remove deposit={deposit} detail={words.remove.detail} onSettled={onSettled} />
    </One>
  )
}

/** The server does not take it as it is. */
export function Invalid({ deposit, lexicon, head, onSettled, onLater }: OneProps) {
  const { errors = [] } = deposit
  const [stuck, setStuck] = useState(false)
  const sending = useSending()
  const { lines, whole } = tell(mineOf(deposit), lexicon)
  const can = whole && !stuck
  return (
    <One
      title={words.invalid.title}
      head={head}
      onLater={onLater}
      action={can && <Mend deposit={deposit} sending={sending} onSettled={onSettled} onStuck={setStuck} />}
    >
      <p>{words.invalid.detail}</p>
      {errors.length > 0 && (
        <Notice amber still title={words.invalid.why}>
          {errors.map(({ pointer, detail }) => (
            <p key={pointer}>
              {titleOf(pointer, lexicon)}
              {detail}
            </p>
          ))}
        </Notice>
      )}
      {!can && <p>{words.invalid.stuck}</p>}
      <FormFailure of={sending} />
      <Facts lines={lines} />
      <Remove deposit={deposit} detail={words.remove.detail} onSettled={onSettled} />
    </One>
  )
}

interface MendProps extends Pick<OneProps, 'deposit' | 'onSettled'> {
  sending: Sending
  onStuck: (stuck: boolean) => void
}

/** Questionnaires that stand in the way can be left out with one tap; all else is put right in the check-in itself. */
function Mend({ deposit, sending, onSettled, onStuck }: MendProps) {
  const inTheWay = (deposit.errors ?? []).map(({ pointer }) => QUESTIONNAIRE.exec(pointer)?.[1] ?? '')
  const onlyThose = inTheWay.length > 0 && inTheWay.every(Boolean)
  const leaveOut = async () => {
    await keepWithout(deposit, inTheWay)
    await onSettled()
  }
  const mend = async () => onStuck(!(await putRight(deposit)))
  return (
    <>
      {onlyThose && (
        <Button kind="primary" full busy={sending.busy} onClick={() => sending.run(leaveOut)}>
          {checkin.leaveOut}
        </Button>
      )}
      <Button
        kind={onlyThose ? 'quiet' : 'primary'}
        full
        busy={sending.busy}
        onClick={() => sending.run(mend)}
      >
        {words.invalid.mend}
      </Button>
    </>
  )
}

const QUESTIONNAIRE = /\/ratings\/instruments\/(\w+)/

/** "PHQ-8: ", where a sentence is about a questionnaire. */
function titleOf(pointer: string, lexicon: Lexicon): string {
  const title = lexicon.instrument(QUESTIONNAIRE.exec(pointer)?.[1] ?? '')?.title
  return title ? `${title}: ` : ''
}

/** It is not as a phone of the person sealed it. Nothing of it can be shown. */
export function Unopened({ deposit, head, onSettled, onLater }: OneProps) {
  return (
    <One title={words.unopened.title} head={head} onLater={onLater}>
      <p>{words.unopened.detail}</p>
      <p>{words.unopened.nothing}</p>
      <Remove deposit={deposit} detail={words.remove.unopened} onSettled={onSettled} />
    </One>
  )
}

/** The last way out, for good. */
function Remove({
  deposit,
  detail,
  onSettled,
}: Pick<OneProps, 'deposit' | 'onSettled'> & { detail: string }) {
  const drop = async () => {
    await remove('/deposits/{deposit_id}', { path: { deposit_id: deposit.id } })
    await onSettled()
  }
  return <Delete label={words.remove.label} title={words.remove.sure} detail={detail} onDelete={drop} />
}

interface Part {
  title: string
  head: string
  action?: ComponentChildren
  onLater: () => void
  children: ComponentChildren
}

function One({ title, head, action, onLater, children }: Part) {
  return (
    <Screen
      title={title}
      back="/today"
      action={
        <>
          {action}
          <Button kind="plain" full onClick={onLater}>
            {words.one.later}
          </Button>
        </>
      }
    >
      <p class="soft under-title">{head}</p>
      {children}
    </Screen>
  )
}

/** All of it in words; where it is too far from what a check-in is, all of it as it stands. */
function tell(mine: Mine | undefined, lexicon: Lexicon): { lines: Line[]; whole: boolean } {
  try {
    return { lines: mine ? versionOf(mine, lexicon) : [], whole: mine !== undefined }
  } catch {
    return { lines: bareLines(mine), whole: false }
  }
}
