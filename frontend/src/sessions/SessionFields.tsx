import words from 'messages/sessions'
import { useState } from 'preact/hooks'
import type { Course } from '../api/index.ts'
import type { Catalogue, Fact } from '../catalogue/types.ts'
import { Button, Chips, Field, Notice } from '../elements/index.ts'
import { zones } from '../elements/when.ts'
import { fill } from '../text.ts'
import { type Fault, NEW_COURSE, type PICKED, type Values } from './form.ts'

export interface FieldsProps {
  values: Values
  set: (change: Partial<Values>) => void
  faults: Partial<Record<keyof Values, Fault>>
  catalogue: Catalogue
  courses: readonly Course[]
}

const SENTENCES: Record<Fault, string> = {
  when: words.form.faultWhen,
  zone: words.form.faultZone,
  number: words.form.faultNumber,
  amount: words.form.faultAmount,
  unit: words.form.faultUnit,
  both: words.form.faultBoth,
  course: words.form.faultCourse,
}

/** All facts of a session; of a new one only the first few, and the rest where who wants to can find it. */
export function SessionFields({ fresh, ...props }: FieldsProps & { fresh: boolean }) {
  const rest = (
    <>
      <Given {...props} />
      <Place {...props} />
      <Readings {...props} />
      <Line of="note" label={words.form.noteLabel} multiline {...props} />
    </>
  )
  return (
    <>
      <When {...props} />
      <Picked of="route" {...props} />
      {fresh ? (
        <details>
          <summary>
            {words.form.more}
            <span class="soft below">{words.form.moreHint}</span>
          </summary>
          <div class="stack loose">{rest}</div>
        </details>
      ) : (
        rest
      )}
    </>
  )
}

function When(props: FieldsProps) {
  const [zoneShown, showZone] = useState(false)
  return (
    <section class="stack">
      <h2>{words.form.when}</h2>
      <Line of="at" label={words.form.began} type="datetime-local" {...props} />
      {zoneShown || props.faults.zone ? (
        <Line
          of="zone"
          label={words.form.zone}
          hint={words.form.zoneHint}
          suggestions={zones()}
          exact
          {...props}
        />
      ) : (
        <div class="row">
          <span class="soft">
            {fill(words.form.inZone, { zone: props.values.zone.replaceAll('_', ' ') })}
          </span>
          <Button kind="plain" onClick={() => showZone(true)}>
            {words.edit}
          </Button>
        </div>
      )}
      <CourseField {...props} />
      <Line
        of="number"
        label={factIn(props, 'number').question}
        hint={words.form.numberHint}
        numeric
        {...props}
      />
    </section>
  )
}

function CourseField({ values, set, faults, courses, catalogue }: FieldsProps) {
  const options = [
    ...courses.map(({ id, story }) => ({ id, label: story?.name ?? words.form.course })),
    { id: NEW_COURSE, label: words.form.newCourse },
  ]
  const shared = { values, set, faults, catalogue, courses }
  return (
    <>
      <Chips
        label={words.form.course}
        legend
        single
        options={options}
        chosen={values.course ? [values.course] : []}
        onChange={([course = '']) => set({ course })}
      />
      {values.course === NEW_COURSE && (
        <>
          <Line of="courseName" label={words.form.courseName} hint={words.form.courseHint} {...shared} />
          <Line of="plannedSessions" label={words.form.plannedSessions} numeric {...shared} />
        </>
      )}
    </>
  )
}

function Given(props: FieldsProps) {
  const dose = factIn(props, 'dose')
  const duration = factIn(props, 'duration_min')
  const { values, set, faults } = props
  return (
    <section class="stack">
      <h2>{words.form.given}</h2>
      <Line of="amount" label={dose.question} numeric {...props} />
      <Chips
        label={words.form.unit}
        legend
        single
        options={dose.options ?? []}
        chosen={values.unit ? [values.unit] : []}
        onChange={([unit = '']) => set({ unit })}
      />
      {faults.unit && <p class="error">{SENTENCES[faults.unit]}</p>}
      <Chips
        label={duration.question}
        legend
        single
        options={(duration.suggestions ?? []).map((minutes) => ({ id: `${minutes}`, label: `${minutes}` }))}
        chosen={[values.duration_min]}
        onChange={([minutes = '']) => set({ duration_min: minutes })}
      />
      <Line of="duration_min" label={words.form.minutes} numeric {...props} />
      <Picked of="antinausea_given" {...props} />
      <Picked of="dose_adjusted" {...props} />
    </section>
  )
}

function Place(props: FieldsProps) {
  const home = props.values.setting === 'home'
  const safety = props.catalogue.safety.filter(({ shown }) => shown.includes('home'))
  return (
    <section class="stack">
      <h2>{words.form.place}</h2>
      <Picked of="setting" {...props} />
      {home &&
        safety.map(({ id, text }) => (
          <Notice still key={id}>
            {text}
          </Notice>
        ))}
      <Line of="place" label={factIn(props, 'place').question} {...props} />
      <Picked of="position" {...props} />
      <Picked
        of="staff_present"
        label={home ? factIn(props, 'staff_present').question_at_home : undefined}
        {...props}
      />
      <Line of="staff_role" label={words.form.role} {...props} />
      <Picked of="water" {...props} />
      <Picked of="rest" {...props} />
    </section>
  )
}

function Readings(props: FieldsProps) {
  return (
    <section class="stack">
      <h2>{words.form.readings}</h2>
      <p class="soft">{words.form.readingsHint}</p>
      <div class="readings">
        <Line of="systolic" label={words.form.systolic} numeric {...props} />
        <Line of="diastolic" label={words.form.diastolic} numeric {...props} />
      </div>
      <Chips
        label={words.form.toldByStaff}
        legend
        single
        options={props.catalogue.yes_no}
        chosen={props.values.told_by_staff ? [props.values.told_by_staff] : []}
        onChange={([told_by_staff = '']) => props.set({ told_by_staff })}
      />
      <Line of="pulse" label={factIn(props, 'pulse').question} numeric {...props} />
    </section>
  )
}

const factIn = ({ catalogue }: FieldsProps, field: string): Fact =>
  catalogue.facts.find((fact) => fact.of === 'session' && fact.field === field)!

interface PickedProps extends FieldsProps {
  of: (typeof PICKED)[number]
  label?: string
}

/** One of a few, as the catalogue has them; a tap on the chosen one lets it go. */
function Picked({ of, label, ...props }: PickedProps) {
  const fact = factIn(props, of)
  return (
    <Chips
      label={label ?? fact.question}
      legend
      single
      options={fact.options ?? []}
      chosen={props.values[of] ? [props.values[of]] : []}
      onChange={([chosen = '']) => props.set({ [of]: chosen })}
    />
  )
}

interface LineProps extends FieldsProps {
  of: keyof Values
  label: string
  hint?: string
  type?: 'datetime-local'
  numeric?: boolean
  multiline?: boolean
  exact?: boolean
  suggestions?: readonly string[]
}

function Line({ of, values, set, faults, numeric, multiline, ...field }: LineProps) {
  const { label, hint, type, exact, suggestions } = field
  const fault = faults[of]
  return (
    <Field
      {...{ label, hint, type, exact, suggestions, multiline }}
      inputMode={numeric ? 'decimal' : undefined}
      maxLength={multiline ? 20_000 : 300}
      value={values[of]}
      onInput={(value) => set({ [of]: value })}
      error={fault && SENTENCES[fault]}
    />
  )
}
