/** What the doors of sharing answer, by the names of the server's description. */
import type { components } from '../api/schema.d.ts'

type Schemas = components['schemas']
export type AccessLog = Schemas['AccessLog']
export type AsLent = Pick<Schemas['Preview'], 'check_ins' | 'sessions' | 'own_terms'>
export type CardRead = Schemas['CardRead']
export type CheckInAsLent = Schemas['CheckInAsLent']
export type LentCheckIn = Schemas['LentCheckIn']
export type LogEntry = Schemas['LogEntry']
export type Pin = Schemas['Pin']
export type Preview = Schemas['Preview']
export type Reply = Schemas['Reply']
export type ReturnedRows = Schemas['ReturnedRows']
export type SessionAsLent = Schemas['SessionAsLent']
export type Share = Schemas['Share']
export type ShareDetail = Schemas['ShareDetail']
export type ShareDraft = Schemas['ShareDraft']
export type ShareScope = Schemas['ShareScope']
export type Shares = Schemas['Shares']
export type TakenIn = Schemas['TakenIn']
export type WaitingCheckIn = Schemas['WaitingCheckIn']
export type WaitingShare = Schemas['WaitingShare']

/** Ratings alone, or with the story. */
export type Sections = 'ratings' | 'story'
