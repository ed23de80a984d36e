/** Talking to the server. Types come from its own description (schema.d.ts, by `make api`). */
import type { components, paths } from './schema.d.ts'

export { type Answer, address, ask, askFor, get, post, put, remove } from './client.ts'
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

/** What the doors of the phones and their deposits answer. */
type Answered<O> = O extends { responses: infer R } ? InJson<R[keyof R & (200 | 201)]> : never
type InJson<T> = T extends { content: { 'application/json': infer Body } } ? Body : never
export type DevicePaired = Answered<paths['/api/v1/devices']['post']>
export type Device = Answered<paths['/api/v1/devices']['get']>['devices'][number]
export type Filing = Answered<paths['/api/v1/deposits/filing']['post']>
export type Deposit = Answered<paths['/api/v1/deposits']['get']>['items'][number]

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
