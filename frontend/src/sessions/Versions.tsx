import words from 'messages/sessions'
import type { ComponentChildren } from 'preact'
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
  /** What is said of the two, and what each is called, where it is not the usual. */
  told?: { title: string; detail: string; gone: string; mine: string; other: string }
  busy?: boolean
  /** Below the sentence about the two, such as what went wrong. */
  children?: ComponentChildren
  /** A third way: to choose later. */
  later?: ComponentChildren
}

/** Two versions of the same thing, and where they differ. Nothing is dropped before the patient chooses. */
export function Versions(props: VersionsProps) {
  const { mine, other, onMine, onOther, onBack, busy, told = words.versions } = props
  const { differences, same } = compare(mine, other ?? [])
  return (
    <Screen
      title={told.title}
      back={onBack}
      action={
        <>
          <div class="readings">
            <Button full busy={busy} onClick={onMine}>
              {words.versions.keepMine}
            </Button>
            <Button full busy={busy} onClick={onOther}>
              {other ? words.versions.keepOther : words.versions.leaveDeleted}
            </Button>
          </div>
          {props.later}
        </>
      }
    >
      <p>{other ? told.detail : told.gone}</p>
      {props.children}
      {differences.map((difference) => (
        <section class="panel" key={difference.key}>
          <h2>
            {difference.under && `${difference.under}: `}
            {difference.label}
          </h2>
          <dl class="versions">
            <Version of={told.mine} text={difference.mine?.text} />
            {other && <Version of={told.other} text={difference.other?.text} />}
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
