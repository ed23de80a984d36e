import words from 'messages/sharing'
import { Check, Choice, Field, Icon } from '../elements/index.ts'
import { longDay } from '../elements/when.ts'
import { fill } from '../text.ts'
import type { QuestionProps } from './Course.tsx'
import type { Draft } from './draft.ts'
import { verifiedOf } from './say.ts'
import { UntilFields } from './UntilFields.tsx'
import { change } from './underway.ts'

const { course } = words

export function With({ draft, ground, fault }: QuestionProps) {
  return (
    <>
      <Choice
        legend={course.with}
        unseenLegend
        value={draft.pin}
        onChange={(pin) => change({ pin })}
        options={ground.pins.map(({ id, name, verified }) => ({
          id,
          label: name,
          hint: verifiedOf(verified, words),
        }))}
      />
      <a href="/meet">{course.somebodyElse}</a>
      <Fault of={fault} />
    </>
  )
}

export function What({ draft, name, fault }: QuestionProps) {
  return (
    <>
      <Choice
        legend={fill(course.what, { name })}
        unseenLegend
        value={draft.sections}
        onChange={(sections) => change({ sections })}
        options={[
          { id: 'ratings', label: course.ratings, hint: course.ratingsHint },
          { id: 'story', label: course.story, hint: course.storyHint },
        ]}
      />
      <Fault of={fault} />
    </>
  )
}

export function Which({ draft, ground, fault }: QuestionProps) {
  const { session, which, chosen } = draft
  const day = session && ground.days.get(session)
  const options: { id: NonNullable<Draft['which']>; label: string; hint?: string }[] = [
    { id: 'from_now_on', label: course.fromNowOn, hint: course.fromNowOnHint },
  ]
  if (ground.days.size > 1) options.unshift({ id: 'chosen', label: course.chosen })
  if (day) options.unshift({ id: 'this', label: fill(course.this, { day: longDay(day) }) })
  return (
    <>
      <Choice
        legend={course.which}
        unseenLegend
        value={which}
        onChange={(picked) => change({ which: picked })}
        options={options}
      />
      {which === 'chosen' && <Sessions chosen={chosen} ground={ground} />}
      <Fault of={fault} />
    </>
  )
}

function Sessions({ chosen, ground }: { chosen: readonly string[]; ground: QuestionProps['ground'] }) {
  const toggle = (id: string, on: boolean) =>
    change({ chosen: on ? [...chosen, id] : chosen.filter((other) => other !== id) })
  return (
    <fieldset>
      <legend class="legend">{course.sessions}</legend>
      {[...ground.days].map(([id, day]) => (
        <Check
          key={id}
          label={longDay(day)}
          checked={chosen.includes(id)}
          onChange={(on) => toggle(id, on)}
        />
      ))}
    </fieldset>
  )
}

export function Until({ draft, fault }: QuestionProps) {
  return <UntilFields value={draft} onChange={change} fault={fault} />
}

export function About({ draft, name, fault }: QuestionProps) {
  return (
    <>
      <Field
        label={fill(course.callYou, { name })}
        hint={course.callYouHint}
        value={draft.name}
        onInput={(typed) => change({ name: typed })}
        maxLength={80}
        error={fault}
      />
      <Field
        label={course.whatFor}
        hint={fill(course.whatForHint, { name })}
        value={draft.whatFor}
        onInput={(whatFor) => change({ whatFor })}
        maxLength={200}
      />
      <Field
        label={course.ask}
        hint={fill(course.askHint, { name })}
        multiline
        value={draft.ask}
        onInput={(ask) => change({ ask })}
        maxLength={4000}
      />
    </>
  )
}

/** What a question still needs, where no field carries it. */
export function Fault({ of }: { of: string | undefined }) {
  return (
    <div role="alert">
      {of && (
        <div class="error">
          <Icon name="attention" />
          <span>{of}</span>
        </div>
      )}
    </div>
  )
}
