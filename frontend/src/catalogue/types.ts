/** The shape of GET /catalogue. */
import type {
  DoseUnitId,
  EmotionId,
  MomentId,
  PassedId,
  PositionId,
  RegionId,
  RouteId,
  SettingId,
  YesNoId,
} from '../api/index.ts'

export interface Option<Id extends string = string> {
  id: Id
  label: string
}

export type Anchors = Partial<Record<'0' | '5' | '10', string>>

export type ListId = 'noticed' | 'bothered'

/** Asked only when another item was answered with one of these, or a prompt was written to. */
export interface OnlyIf {
  item?: string
  any_of?: (string | number)[]
  prompt?: string
}

export interface Item extends Option {
  question: string
  kind: 'rating' | 'yes_no' | 'choice' | 'passed' | 'number' | 'text'
  group: string
  moments: MomentId[]
  anchors?: Anchors
  hint?: string
  options?: Option[]
  only_if?: OnlyIf
}

export type DetailId = 'intensity' | 'worst' | 'direction' | 'where' | 'valence' | 'passed' | 'aspects'

export interface DetailKind {
  id: DetailId
  kind: string
  question: string
  anchors?: Anchors
}

export interface Term extends Option {
  list: ListId
  group: string
  moments: MomentId[]
  details: DetailId[]
  landing: boolean
  order: number
  hint?: string
  where?: Option[]
  directions?: Option[]
  aspects?: Option[]
}

export interface MomentScreen {
  kind: string
  items?: string[]
  prompts?: string[]
  details?: DetailId[]
  /** Starts from what was picked earlier in the same session. */
  carried?: boolean
}

export interface Moment extends Option<MomentId> {
  opens_after_hours?: number
  closes_after_hours?: number
  accept_until_hours?: number
  asks: string[]
  prompts: string[]
  facts: string[]
  screens: MomentScreen[]
}

export interface Prompt extends Option {
  group: string
  moments: MomentId[]
  once: boolean
  breakthrough: boolean
  only_if?: OnlyIf
}

export interface Fact extends Option {
  of: string
  field: string
  kind: string
  question: string
  question_at_home?: string
  options?: Option[]
  suggestions?: number[]
}

export interface Instrument {
  id: 'phq8' | 'gad7'
  title: string
  recall: string
  items: { text: string }[]
  answers: { value: number; label: string }[]
  difficulty?: {
    text: string
    answers?: { value: number; label: string }[]
    options?: { value: number; label: string }[]
  }
  min_days: number
  highest: number
  source: string
}

export interface Safety {
  id: string
  text: string
  attribution: string
  shown: string[]
}

export interface Line {
  name: string
  tel?: string
  sms?: string
}

export interface Region extends Option<RegionId> {
  emergency: string[]
  lines: Line[]
  verified: string
}

export interface Catalogue {
  version: number
  language: string
  scales: { rating: { min: number; max: number } }
  moments: Moment[]
  lists: { id: string; label: string; question: string; none: string }[]
  groups: Option[]
  details: DetailKind[]
  items: Item[]
  terms: Term[]
  own_terms: Record<ListId, DetailId[]>
  prompts: Prompt[]
  facts: Fact[]
  derived: (Option & { of: string[] })[]
  instruments: Instrument[]
  safety: Safety[]
  help: { regions: Region[] }
  yes_no: Option<YesNoId>[]
  passed: Option<PassedId>[]
  valence: { value: number; label: string }[]
  emotions: Option<EmotionId>[]
  routes: (Option<RouteId> & { letter: string })[]
  positions: Option<PositionId>[]
  settings: Option<SettingId>[]
  dose_units: Option<DoseUnitId>[]
}
