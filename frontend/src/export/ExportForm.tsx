import words from 'messages/export'
import { Check, Choice, Field, Form } from '../elements/index.ts'
import { type Draft, FORMATS, KINDS, type Kind } from './draft.ts'
import { Fault } from './Trouble.tsx'

interface FormProps {
  draft: Draft
  change: (changes: Partial<Draft>) => void
  fault: (pointer: string) => string | undefined
}

/** Which form, which days, how much of it, and for whom. */
export function ExportForm({ onSubmit, ...props }: FormProps & { onSubmit: () => void }) {
  const { draft, change } = props
  return (
    <Form id="export" onSubmit={onSubmit}>
      <Choice
        legend={words.form}
        value={draft.format}
        onChange={(format) => change({ format })}
        options={FORMATS.map((id) => ({ id, ...words.forms[id] }))}
      />
      <Span {...props} />
      <Check
        label={words.story}
        hint={words.storyHint}
        checked={draft.story}
        onChange={(story) => change({ story })}
      />
      <Whom {...props} />
      <Kinds {...props} />
    </Form>
  )
}

function Span({ draft: { span, since, until }, change, fault }: FormProps) {
  return (
    <div class="stack">
      <Choice
        legend={words.span}
        beside
        value={span}
        onChange={(chosen) => change({ span: chosen })}
        options={[
          { id: 'all', label: words.spanAll },
          { id: 'days', label: words.spanDays },
        ]}
      />
      {span === 'days' && (
        <>
          <Field
            label={words.since}
            type="date"
            value={since}
            onInput={(day) => change({ since: day })}
            error={fault('#/since')}
          />
          <Field
            label={words.until}
            type="date"
            value={until}
            onInput={(day) => change({ until: day })}
            error={fault('#/until')}
          />
        </>
      )}
    </div>
  )
}

function Whom({ draft: { whom, name, whatFor }, change, fault }: FormProps) {
  return (
    <div class="stack">
      <Choice
        legend={words.whom}
        value={whom}
        onChange={(chosen) => change({ whom: chosen })}
        options={[
          { id: 'me', label: words.whomMe },
          { id: 'somebody', label: words.whomSomebody },
        ]}
      />
      {whom === 'somebody' && (
        <>
          <p class="soft">{words.whomNotice}</p>
          <Field
            label={words.name}
            value={name}
            onInput={(typed) => change({ name: typed })}
            maxLength={NAME_MOST}
            error={fault('#/shared_with/name')}
          />
          <Field
            label={words.whatFor}
            hint={words.whatForHint}
            value={whatFor}
            onInput={(typed) => change({ whatFor: typed })}
            maxLength={WHAT_FOR_MOST}
            error={fault('#/shared_with/what_for')}
          />
        </>
      )}
    </div>
  )
}

const NAME_MOST = 80
const WHAT_FOR_MOST = 200

/** Few leave any of these out. */
function Kinds({ draft: { kinds }, change, fault }: FormProps) {
  const wrong = fault('#/kinds')
  const toggle = (kind: Kind, on: boolean) =>
    change({ kinds: KINDS.filter((other) => (other === kind ? on : kinds.includes(other))) })
  return (
    <details open={Boolean(wrong)}>
      <summary>{words.more}</summary>
      <fieldset>
        <legend class="unseen">{words.kinds}</legend>
        {KINDS.map((kind) => (
          <Check
            key={kind}
            label={words.kind[kind]}
            checked={kinds.includes(kind)}
            onChange={(on) => toggle(kind, on)}
          />
        ))}
        <Fault>{wrong}</Fault>
      </fieldset>
    </details>
  )
}
