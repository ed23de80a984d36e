import common from 'messages/common'
import words from 'messages/export'
import settings from 'messages/settings'
import { useStepUp } from '../accounts/stepUp.tsx'
import type { ScreenRoute } from '../app/routes.ts'
import { ToMend, useSending } from '../app/useSending.tsx'
import { Button, Notice, Screen } from '../elements/index.ts'
import { fill } from '../text.ts'
import { askedOf, faultsIn } from './draft.ts'
import { ExportForm } from './ExportForm.tsx'
import { another, choose, draft, type Making, make, making } from './making.ts'
import { sizeOf } from './say.ts'
import { Trouble } from './Trouble.tsx'
import { UnderWay } from './UnderWay.tsx'

/** Taking the journal out: what of it, in which form, and for whom. */
export function ExportScreen(_: ScreenRoute) {
  const sending = useSending()
  const stepUp = useStepUp(sending)
  const now = making.value
  if (now.is === 'making') return <UnderWay key="making" now={now} />
  if (now.is === 'made') return <Made key="made" now={now} />
  const { format } = draft.value
  const start = () =>
    stepUp.run(async () => {
      const faults = Object.entries(faultsIn(draft.peek())).map(([at, fault]) => [at, words.faults[fault]])
      if (faults.length) throw new ToMend(Object.fromEntries(faults))
      if (format) await make(askedOf({ ...draft.peek(), format }))
    })
  const action = format && (
    <Button kind="primary" full form="export" busy={sending.busy}>
      {fill(words.make, { form: words.forms[format].label })}
    </Button>
  )
  return (
    <Screen key="chosen" title={words.title} back="/settings" backLabel={settings.title} action={action}>
      {now.stopped && (
        <Notice>
          <p>{words.stopped}</p>
        </Notice>
      )}
      <p class="lead">{words.lead}</p>
      <ExportForm draft={draft.value} change={choose} fault={sending.fault} onSubmit={start} />
      <NotSealed />
      <Trouble of={sending.failure ?? now.failure} otherwise={words.brokeOff} />
      {stepUp.ask}
    </Screen>
  )
}

const NotSealed = () => (
  <Notice still title={words.notSealed}>
    <p>{words.notSealedDetail}</p>
  </Notice>
)

/** It is among the downloads of the device now, and in the hands of whoever holds that. */
function Made({ now: { name, size } }: { now: Making & { is: 'made' } }) {
  return (
    <Screen title={words.made} back="/settings" backLabel={settings.title}>
      <p class="lead" role="status">
        {fill(words.madeDetail, { name, size: sizeOf(size) })}
      </p>
      <p class="soft">{words.madeWhere}</p>
      <NotSealed />
      <div class="row">
        <Button onClick={another}>{words.another}</Button>
        <Button href="/settings">{common.close}</Button>
      </div>
    </Screen>
  )
}
