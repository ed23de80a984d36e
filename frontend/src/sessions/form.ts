/** The facts of a session as a form holds them, and as they are kept. Pure. Empty means not told: it is left out. */
import type { SessionDraft } from '../api/index.ts'
import { isZone, rfc3339, typed } from '../elements/when.ts'

type Ratings = SessionDraft['ratings']
type Pressure = NonNullable<Ratings['blood_pressure']>

/** Facts that are picked from a few; those that are numbers; those that are words. */
export const PICKED = [
  'route',
  'position',
  'setting',
  'staff_present',
  'antinausea_given',
  'dose_adjusted',
  'water',
  'rest',
] as const
const NUMBERS = ['number', 'duration_min', 'pulse'] as const
const WORDS = ['place', 'staff_role', 'note'] as const

export type Values = Record<
  | (typeof PICKED)[number]
  | (typeof NUMBERS)[number]
  | (typeof WORDS)[number]
  | 'at'
  | 'zone'
  | 'course'
  | 'courseName'
  | 'plannedSessions'
  | 'amount'
  | 'unit'
  | 'systolic'
  | 'diastolic'
  | 'told_by_staff',
  string
>

/** Stands for a course that is made with the session. */
export const NEW_COURSE = 'new'

export function valuesOf({ course_id, ratings, story }: SessionDraft): Values {
  const text = (value: string | number | undefined) => (value === undefined ? '' : String(value))
  const all = (names: readonly (keyof Ratings)[]) =>
    Object.fromEntries(names.map((name) => [name, text(ratings[name] as string | number | undefined)]))
  return {
    ...(all(PICKED) as Pick<Values, (typeof PICKED)[number]>),
    ...(all(NUMBERS) as Pick<Values, (typeof NUMBERS)[number]>),
    place: text(story?.place),
    staff_role: text(story?.staff_role),
    note: text(story?.note),
    at: typed(new Date(ratings.happened_at), ratings.time_zone),
    zone: ratings.time_zone,
    course: text(course_id),
    courseName: '',
    plannedSessions: '',
    amount: text(ratings.dose?.amount),
    unit: text(ratings.dose?.unit),
    systolic: text(ratings.blood_pressure?.systolic),
    diastolic: text(ratings.blood_pressure?.diastolic),
    told_by_staff: text(ratings.blood_pressure?.told_by_staff),
  }
}

/** The session with these values in it. What the form does not show, such as notes, stays. */
export function draftFrom(values: Values, before: SessionDraft, courseId: string | undefined): SessionDraft {
  const { written_at, blood_pressure } = before.ratings
  const ratings: Record<string, unknown> = {
    happened_at: sameTime(values, before) ? before.ratings.happened_at : rfc3339(values.at, values.zone),
    time_zone: values.zone,
    written_at,
  }
  for (const name of PICKED) if (values[name]) ratings[name] = values[name]
  for (const name of NUMBERS) if (values[name]) ratings[name] = Number(values[name])
  if (values.unit)
    ratings.dose = { ...(values.amount && { amount: toNumber(values.amount) }), unit: values.unit }
  if (values.systolic) ratings.blood_pressure = pressure(values, blood_pressure)
  const story: Record<string, unknown> = { ...before.story }
  for (const name of WORDS) {
    if (values[name].trim()) story[name] = values[name]
    else delete story[name]
  }
  return {
    ...(courseId && { course_id: courseId }),
    ratings: ratings as Ratings,
    ...(Object.keys(story).length > 0 && { story }),
  }
}

/** A time that was not touched keeps the seconds and the offset it was told with. */
const sameTime = ({ at, zone }: Values, { ratings }: SessionDraft): boolean =>
  zone === ratings.time_zone && at === typed(new Date(ratings.happened_at), zone)

function pressure({ systolic, diastolic, told_by_staff }: Values, before: Pressure | undefined): Pressure {
  const reading = { systolic: Number(systolic), diastolic: Number(diastolic) }
  const told = told_by_staff && { told_by_staff: told_by_staff as Pressure['told_by_staff'] }
  return { ...(before?.at && { at: before.at }), ...reading, ...told }
}

export type Fault = 'when' | 'zone' | 'number' | 'amount' | 'unit' | 'both' | 'course'

/** What is to be mended before it can be sent. */
export function faultsIn(values: Values): Partial<Record<keyof Values, Fault>> {
  const faults: Partial<Record<keyof Values, Fault>> = {}
  for (const name of [...NUMBERS, 'systolic', 'diastolic', 'plannedSessions'] as const) {
    if (values[name] && !/^[1-9]\d{0,3}$/.test(values[name])) faults[name] = 'number'
  }
  if (!values.at) faults.at = 'when'
  if (!isZone(values.zone)) faults.zone = 'zone'
  if (values.amount && !(toNumber(values.amount) > 0)) faults.amount = 'amount'
  if (values.amount && !values.unit) faults.unit = 'unit'
  if (Boolean(values.systolic) !== Boolean(values.diastolic))
    faults[values.systolic ? 'diastolic' : 'systolic'] = 'both'
  if (values.course === NEW_COURSE && !values.courseName.trim()) faults.courseName = 'course'
  return faults
}

/** "0,5" is typed where a comma stands before decimals. */
const toNumber = (text: string): number => Number(text.replace(',', '.'))
