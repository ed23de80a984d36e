/** Talking to the server. Types come from its own description (schema.d.ts, by `make api`). */
import type { components } from './schema.d.ts'

export { type Answer, address, get, post, put, remove } from './client.ts'
export { Problem, Unreachable } from './problem.ts'

type Schemas = components['schemas']
export type Account = Schemas['Account']
export type Settings = Schemas['Settings']
export type SignIn = Schemas['SignIn']
export type Course = Schemas['Course']
export type CourseDraft = Schemas['CourseDraft']
export type DosingSession = Schemas['DosingSession']
export type SessionDraft = Schemas['SessionDraft']
export type CheckIn = Schemas['CheckIn']
export type CheckInDraft = Schemas['CheckInDraft']
export type Detail = Schemas['Detail']
export type Addition = Schemas['Addition']
export type AdditionDraft = Schemas['AdditionDraft']
export type Note = Schemas['Note']
export type Rereading = Schemas['Rereading']
export type NotReread = Schemas['NotReread']
export type Today = Schemas['Today']
export type Step = Schemas['Step']
export type SessionHead = Schemas['SessionHead']
export type Trends = Schemas['Trends']
export type Comparison = Schemas['Comparison']

/** Ids that the server knows by name. */
type Ratings = Schemas['CheckInRatings']
type Facts = Schemas['SessionRatings']
export type MomentId = Ratings['moment']
export type EmotionId = NonNullable<Ratings['emotions']>[number]
export type PassedId = NonNullable<Detail['passed']>
export type YesNoId = NonNullable<Facts['water']>
export type RouteId = NonNullable<Facts['route']>
export type PositionId = NonNullable<Facts['position']>
export type SettingId = NonNullable<Facts['setting']>
export type DoseUnitId = Schemas['Dose']['unit']
export type RegionId = NonNullable<Settings['region']>
