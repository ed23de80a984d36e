/** A share while it is being put together, question by question. Pure. */
import type { Preview, Sections, ShareDraft, ShareScope } from './types.ts'
import { endOf, faultIn, monthsOn } from './until.ts'

export const STEPS = ['with', 'what', 'which', 'until', 'about', 'preview'] as const
export type Step = (typeof STEPS)[number]

export interface Draft {
  /** The id it will have: sent twice, it is made once. */
  id: string
  pin?: string
  sections?: Sections
  /** The session it began from, or the latest one. */
  session?: string
  which?: 'this' | 'chosen' | 'from_now_on'
  chosen: readonly string[]
  ends?: 'month' | 'quarter' | 'date'
  /** As it was typed: "2026-12-20". */
  day: string
  whatFor: string
  name: string
  ask: string
}

export type Fault = 'pick' | 'pickSession' | 'faultName' | ReturnType<typeof faultIn>

/** What a question still needs before the next one. */
export function missing(step: Step, draft: Draft): Fault {
  if (step === 'with') return draft.pin ? undefined : 'pick'
  if (step === 'what') return draft.sections ? undefined : 'pick'
  if (step === 'which') return whichMissing(draft)
  if (step === 'until') return draft.ends ? faultIn(lastDay(draft)) : 'pick'
  if (step === 'about') return draft.name.trim() ? undefined : 'faultName'
  return undefined
}

function whichMissing({ which, chosen }: Draft): Fault {
  if (!which) return 'pick'
  return which === 'chosen' && !chosen.length ? 'pickSession' : undefined
}

/** The first question that is not answered; the preview, where all are. */
export const firstMissing = (draft: Draft): Step => STEPS.find((step) => missing(step, draft)) ?? 'preview'

const MONTHS = { month: 1, quarter: 3 }

/** The day to the end of which it lasts. */
export const lastDay = ({ ends, day }: Pick<Draft, 'ends' | 'day'>): string =>
  ends === 'date' || ends === undefined ? day : monthsOn(MONTHS[ends])

export function scopeOf({ sections, which, session, chosen }: Draft): ShareScope {
  const shared: ShareScope['sections'] = sections === 'story' ? ['ratings', 'story'] : ['ratings']
  if (which === 'from_now_on') return { sections: shared, covers: 'from_now_on', session_ids: [] }
  return {
    sections: shared,
    covers: 'sessions',
    session_ids: which === 'this' && session ? [session] : [...chosen],
  }
}

/** What is sent: the answers, and the rows as the preview showed them. */
export function bodyOf(draft: Draft, preview: Preview, notVerified: boolean): ShareDraft {
  const whatFor = draft.whatFor.trim()
  const ask = draft.ask.trim()
  return {
    ...scopeOf(draft),
    pin_id: draft.pin!,
    name: draft.name.trim(),
    until: endOf(lastDay(draft)),
    check_ins: preview.seen_check_ins,
    sessions: preview.seen_sessions,
    not_verified: notVerified,
    ...(whatFor && { what_for: whatFor }),
    ...(ask && { ask }),
  }
}
