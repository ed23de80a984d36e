import words from 'messages/sessions'
import { Button, Screen } from '../elements/index.ts'
import { plural } from '../text.ts'
import { compare, type Line } from './say.ts'

export interface VersionsProps {
  mine: readonly Line[]
  /** Absent when it was deleted somewhere else. */
  other?: readonly Line[]
  onMine: () => void
  onOther: () => void
  onBack: () => void
}

/** Two versions of the same thing, and where they differ. Nothing is dropped before the patient chooses. */
export function Versions({ mine, other, onMine, onOther, onBack }: VersionsProps) {
  const { differences, same } = compare(mine, other ?? [])
  return (
    <Screen
      title={words.versions.title}
      back={onBack}
      action={
        <div class="readings">
          <Button full onClick={onMine}>
            {words.versions.keepMine}
          </Button>
          <Button full onClick={onOther}>
            {other ? words.versions.keepOther : words.versions.leaveDeleted}
          </Button>
        </div>
      }
    >
      <p>{other ? words.versions.detail : words.versions.gone}</p>
      {differences.map((difference) => (
        <section class="panel" key={difference.key}>
          <h2>
            {difference.under && `${difference.under}: `}
            {difference.label}
          </h2>
          <dl class="versions">
            <Version of={words.versions.mine} text={difference.mine?.text} />
            {other && <Version of={words.versions.other} text={difference.other?.text} />}
          </dl>
        </section>
      ))}
      {same > 0 && <p class="soft">{plural(words.versions.same, same)}</p>}
    </Screen>
  )
}

function Version({ of, text }: { of: string; text: string | undefined }) {
  return (
    <div>
      <dt>{of}</dt>
      <dd class={text === undefined ? 'soft' : 'told'}>{text ?? words.versions.absent}</dd>
    </div>
  )
}
