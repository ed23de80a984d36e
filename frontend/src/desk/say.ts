/** What the desk says of a share and of a brief, in words. Pure. */
import type { Lexicon } from '../catalogue/lexicon.ts'
import { dayAndTime, longDay, shortDay } from '../elements/when.ts'
import { fill, plural } from '../text.ts'
import type { Brief, DeskShare, LentVisit } from './types.ts'

/** The part of the message file this needs. */
export type Words = typeof import('../../../journal/content/messages/en.json')['app']['desk']

const MINUTE = 60_000

/** Whole minutes that something still works; 0 when it has ended. */
export const minutesLeft = (until: string, now: number): number =>
  Math.max(0, Math.ceil((Date.parse(until) - now) / MINUTE))

export const metWords = ({ met }: DeskShare, words: Words): string =>
  met === 'in_person' ? words.met.in_person : words.met.link

export const sectionWords = ({ sections = [] }: DeskShare, { brief }: Words): string =>
  sections.includes('story') ? brief.sections.story : brief.sections.ratings

/** What a share has that was not reviewed. */
export const newWords = (count: number | undefined, words: Words): string =>
  count ? plural(words.new, count) : words.nothingNew

export const visitDay = ({ happened_at, time_zone }: LentVisit): string => longDay(happened_at, time_zone)

/** "20 November 2026, Nasal spray, 56 mg". */
export const visitLine = (visit: LentVisit, lexicon: Lexicon): string =>
  [visitDay(visit), lexicon.route(visit.route), lexicon.dose(visit.dose)].filter(Boolean).join(', ')

/** A session in the list to choose from. */
export const visitChoice = (visit: LentVisit, lexicon: Lexicon, words: Words): string =>
  [
    visit.new ? fill(words.brief.newIn, { count: visit.new, day: visitDay(visit) }) : visitDay(visit),
    lexicon.route(visit.route),
  ]
    .filter(Boolean)
    .join(', ')

export interface Neighbours {
  earlier?: LentVisit
  later?: LentVisit
}

/** The sessions around one, of those that are lent. */
export function neighbours(sessions: readonly LentVisit[], id: string): Neighbours {
  const line = [...sessions].sort((one, other) => Date.parse(one.happened_at) - Date.parse(other.happened_at))
  const place = line.findIndex((visit) => visit.id === id)
  return place < 0 ? {} : { earlier: line[place - 1], later: line[place + 1] }
}

export interface News {
  /** Undefined for what belongs to no session. */
  session?: LentVisit
  says: string
}

/** What is new, session by session, the newest first; what belongs to none comes last. */
export function newsOf({ since, sessions }: Brief, lexicon: Lexicon, words: Words): News[] {
  const line = [...sessions].sort((one, other) => Date.parse(other.happened_at) - Date.parse(one.happened_at))
  const say = (told: Brief['since']): string =>
    told
      .map(({ moment, changed }) => {
        const name = lexicon.moment(moment)
        return changed ? fill(words.brief.changed, { moment: name }) : name
      })
      .join(', ')
  const known = line.flatMap((session) => {
    const told = since.filter(({ session_id }) => session_id === session.id)
    return told.length ? [{ session, says: say(told) }] : []
  })
  const apart = since.filter(({ session_id }) => !line.some(({ id }) => id === session_id))
  return apart.length ? [...known, { says: say(apart) }] : known
}

type Change = Brief['changes'][number]

/** What was rated, with the moment where it was asked at more than one. */
export function changeLabel({ term, item, list }: Change, lexicon: Lexicon, words: Words): string {
  const label = lexicon.label(term ?? item ?? '')
  const moment = lexicon.catalogue.moments.find(({ id }) => id === list)?.label
  return moment ? fill(words.brief.ofMoment, { label, moment: lowered(moment) }) : label
}

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

interface Bother {
  passed?: string
  still_here?: boolean
}

/** When it had passed; nothing where that was not told. */
export const passedWords = ({ passed, still_here }: Bother, lexicon: Lexicon): string =>
  passed || still_here ? lexicon.passed(passed ?? 'still_here') : ''

/** Where the bands of all totals were published, each once. */
export const sourcesOf = (instruments: Brief['instruments']): string[] => [
  ...new Set(instruments.flatMap(({ points }) => points.flatMap(({ band }) => band?.source ?? []))),
]

export const reviewedWords = ({ reviewed_at }: DeskShare, words: Words): string =>
  reviewed_at ? fill(words.reviewed, { day: shortDay(reviewed_at) }) : words.neverReviewed

export const sinceTitle = ({ reviewed_at }: DeskShare, { brief }: Words): string =>
  reviewed_at ? fill(brief.since, { day: dayAndTime(reviewed_at) }) : brief.sinceFirst
