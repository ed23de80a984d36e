import common from 'messages/common'
import words from 'messages/sharing'
import { useState } from 'preact/hooks'
import { back, spot, stepOn } from '../app/router.ts'
import { Button, Form, Loading, Screen } from '../elements/index.ts'
import { fill } from '../text.ts'
import { type Draft, type Fault, missing, STEPS, type Step } from './draft.ts'
import type { Ground } from './NewShareScreen.tsx'
import { PreviewScreen } from './PreviewScreen.tsx'
import { About, Until, What, Which, With } from './Questions.tsx'
import { underway } from './underway.ts'

export interface QuestionProps {
  draft: Draft
  ground: Ground
  /** The name of whom it is shared with. */
  name: string
  /** What is to be mended before going on. */
  fault: string | undefined
}

const QUESTIONS = { with: With, what: What, which: Which, until: Until, about: About }

/** One question a screen; the browser's own back leads through them. */
export function Course({ ground, again }: { ground: Ground; again: () => void }) {
  const draft = underway.value
  // It was shared, and the way leads out of here.
  if (!draft) return <Loading />
  const step = STEPS[Math.min(spot.value, STEPS.length - 1)]!
  const name = ground.pins.find(({ id }) => id === draft.pin)?.name ?? words.somebody
  if (step === 'preview') return <PreviewScreen draft={draft} ground={ground} again={again} />
  return <Question key={step} step={step} draft={draft} ground={ground} name={name} />
}

interface Asking extends Omit<QuestionProps, 'fault'> {
  step: Exclude<Step, 'preview'>
}

function Question({ step, ...props }: Asking) {
  const [checked, setChecked] = useState(false)
  const Asked = QUESTIONS[step]
  const fault = missing(step, props.draft)
  const goOn = () => (fault ? setChecked(true) : stepOn())
  const action = (
    <Button kind="primary" full form="course">
      {common.next}
    </Button>
  )
  return (
    <Screen title={titleOf(step, props.name)} back={() => back('/sharing')} action={action}>
      <p class="soft under-title">
        {fill(words.course.place, { step: STEPS.indexOf(step) + 1, of: STEPS.length })}
      </p>
      <Form id="course" onSubmit={goOn}>
        <Asked {...props} fault={checked ? said(fault) : undefined} />
      </Form>
    </Screen>
  )
}

const said = (fault: Fault): string | undefined => fault && words.course[fault]

export const titleOf = (step: Step, name: string): string => fill(words.course[step], { name })
