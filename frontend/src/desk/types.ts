/** What the desk is told, by the server's own description. */
import type { components } from '../api/schema.d.ts'

type Schemas = components['schemas']
export type Brief = Schemas['Brief']
export type DeskShare = Schemas['DeskShare']
export type LentVisit = Schemas['LentVisit']
export type LentRows = Schemas['LentRows']
export type CheckInAsLent = Schemas['CheckInAsLent']
export type SessionAsLent = Schemas['SessionAsLent']
export type CardMade = Schemas['CardMade']
export type Reply = Schemas['Reply']
export type GivenBack = Schemas['GivenBack']

/** A share that opened, with what is then known of it. */
export type OpenShare = DeskShare & { patient: string; sections: string[]; until: string }
