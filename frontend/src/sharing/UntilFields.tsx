import words from 'messages/sharing'
import { Choice, Field } from '../elements/index.ts'
import { fill } from '../text.ts'
import { type Draft, lastDay } from './draft.ts'
import { Fault } from './Questions.tsx'
import { dayInWords, furthest, today } from './until.ts'

type Ends = Pick<Draft, 'ends' | 'day'>

interface UntilProps {
  value: Ends
  onChange: (change: Partial<Ends>) => void
  fault: string | undefined
}

const { course } = words

/** A month, three months, or a day; always to the end of it. */
export function UntilFields({ value, onChange, fault }: UntilProps) {
  const hint = (ends: Draft['ends']) =>
    fill(course.untilHint, { day: dayInWords(lastDay({ ...value, ends })) })
  return (
    <>
      <Choice
        legend={course.until}
        unseenLegend
        value={value.ends}
        onChange={(ends) => onChange({ ends })}
        options={[
          { id: 'month', label: course.month, hint: hint('month') },
          { id: 'quarter', label: course.quarter, hint: hint('quarter') },
          { id: 'date', label: course.date },
        ]}
      />
      {value.ends === 'date' ? (
        <Field
          label={course.day}
          type="date"
          value={value.day}
          onInput={(day) => onChange({ day })}
          min={today()}
          max={furthest()}
          error={fault}
        />
      ) : (
        <Fault of={fault} />
      )}
    </>
  )
}
