import words from 'messages/checkin'
import { useState } from 'preact/hooks'
import type { SessionDraft } from '../api/index.ts'
import { Chips, Field } from '../elements/index.ts'
import { rfc3339, typed } from '../elements/when.ts'
import { Ask } from './Ask.tsx'
import type { Turn } from './turn.ts'
import { changeVisit } from './underway.ts'

type Ratings = SessionDraft['ratings']

/** When the session is, how and where; as the last time, unless the patient says otherwise. */
export function VisitQuestion({ turn }: { turn: Turn }) {
  const { body } = turn.current.visit!
  const [at, setAt] = useState(typed(new Date(body.ratings.happened_at), body.ratings.time_zone))
  const [route, setRoute] = useState(body.ratings.route)
  const [place, setPlace] = useState(body.story?.place ?? '')
  const [missing, setMissing] = useState(false)
  const fact = (id: string) => turn.catalogue.facts.find((each) => each.id === id)!
  const next = () => {
    if (!at) return setMissing(true)
    changeVisit(told(body, at, route, place), { now: true })
    turn.goOn()
  }
  return (
    <Ask turn={turn} title={words.visitTitle} canSkip={false} onNext={next}>
      <Field
        label={words.visitWhen}
        type="datetime-local"
        value={at}
        onInput={setAt}
        error={missing && !at ? words.mend : undefined}
      />
      <Chips
        label={fact('session.route').question}
        legend
        single
        options={turn.catalogue.routes}
        chosen={route ? [route] : []}
        onChange={([chosen]) => setRoute(chosen as Ratings['route'])}
      />
      <Field label={fact('session.place').question} value={place} onInput={setPlace} maxLength={300} />
    </Ask>
  )
}

function told(body: SessionDraft, at: string, route: Ratings['route'], place: string): SessionDraft {
  const { route: _, ...ratings } = body.ratings
  const { place: __, ...story } = body.story ?? {}
  const words = place.trim() ? { ...story, place } : story
  const { story: ___, ...bare } = body
  return {
    ...bare,
    ratings: { ...ratings, happened_at: rfc3339(at, ratings.time_zone), ...(route && { route }) },
    ...(Object.keys(words).length && { story: words }),
  }
}

const WHOLE = /^\d{1,3}$/

/** A blood pressure and a pulse, if the patient has them. They are kept, never judged. */
export function FactsQuestion({ turn }: { turn: Turn }) {
  const body = turn.current.visit!.body
  const [systolic, setSystolic] = useState(`${body.ratings.blood_pressure?.systolic ?? ''}`)
  const [diastolic, setDiastolic] = useState(`${body.ratings.blood_pressure?.diastolic ?? ''}`)
  const [pulse, setPulse] = useState(`${body.ratings.pulse ?? ''}`)
  const [checked, setChecked] = useState(false)
  const fact = (id: string) => turn.catalogue.facts.find((each) => each.id === id)!
  const fault = (value: string, partner = value) => {
    if (value && !WHOLE.test(value)) return words.reading
    return !value && partner ? words.bothNumbers : undefined
  }
  const faults = [fault(systolic, diastolic), fault(diastolic, systolic), fault(pulse)]
  const next = () => {
    setChecked(true)
    if (faults.some(Boolean)) return
    const blood_pressure = systolic ? { systolic: Number(systolic), diastolic: Number(diastolic) } : undefined
    const { blood_pressure: _, pulse: __, ...ratings } = body.ratings
    const told = {
      ...ratings,
      ...(blood_pressure && { blood_pressure }),
      ...(pulse && { pulse: Number(pulse) }),
    }
    if (blood_pressure || pulse) changeVisit({ ...body, ratings: told })
    turn.goOn()
  }
  const given = [systolic, diastolic, pulse].some(Boolean)
  const number = (
    label: string,
    value: string,
    onInput: (value: string) => void,
    at: number,
    hint?: string,
  ) => (
    <Field
      label={label}
      hint={hint}
      inputMode="numeric"
      value={value}
      onInput={onInput}
      error={checked ? faults[at] : undefined}
    />
  )
  return (
    <Ask turn={turn} title={fact('se.bp_up').question} chosen={given} onNext={next}>
      <div class="readings">
        {number(words.systolic, systolic, setSystolic, 0)}
        {number(words.diastolic, diastolic, setDiastolic, 1)}
      </div>
      {number(fact('session.pulse').question, pulse, setPulse, 2, words.beats)}
    </Ask>
  )
}
