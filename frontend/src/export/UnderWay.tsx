import words from 'messages/export'
import settings from 'messages/settings'
import { Button, Progress, Screen } from '../elements/index.ts'
import { fill } from '../text.ts'
import { type Making, stop } from './making.ts'
import { sizeOf } from './say.ts'

/** How far the file is. It goes on while Help or another screen is looked at. */
export function UnderWay({ now: { format, received, step } }: { now: Making & { is: 'making' } }) {
  const title = fill(words.underWay, { form: words.forms[format].label })
  const steps = !received && step
  return (
    <Screen title={title} back="/settings" backLabel={settings.title}>
      <p role="status">{words.underWayDetail}</p>
      {steps ? (
        <div role="progressbar" aria-label={title} aria-valuemax={steps.of} aria-valuenow={steps.done}>
          <Progress
            step={steps.done}
            of={Math.max(1, steps.of)}
            label={fill(words.steps[steps.step as keyof typeof words.steps] ?? words.steps.other, {
              done: steps.done,
              of: steps.of,
            })}
          />
        </div>
      ) : (
        <div class="row">
          <progress aria-label={title} />
          <span class="soft">
            {received ? fill(words.received, { size: sizeOf(received) }) : words.opening}
          </span>
        </div>
      )}
      <div>
        <Button onClick={stop}>{words.stop}</Button>
      </div>
    </Screen>
  )
}
