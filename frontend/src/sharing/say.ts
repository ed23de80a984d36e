/** Who can read what, and who did what, in plain words. Pure. */
import { clock, longDay } from '../elements/when.ts'
import { fill, plural } from '../text.ts'
import type { LentCheckIn, LogEntry, Sections, Share } from './types.ts'
import { isWholeDay } from './until.ts'

/** The part of the message file this needs. */
export type Words = typeof import('../../../journal/content/messages/en.json')['app']['sharing']

/** When each session of the journal was, by its id. */
export type Days = ReadonlyMap<string, string>

export const sectionsOf = (sections: readonly string[] | undefined): Sections =>
  sections?.includes('story') ? 'story' : 'ratings'

/** The reviewer's name, as the patient kept it. */
export const nameOf = (share: Pick<Share, 'reviewer'>, words: Words): string =>
  share.reviewer?.name ?? words.somebody

interface Scope {
  sections?: readonly string[]
  covers?: string
  session_ids?: readonly string[]
  made_at?: string
}

const SHOWN_DAYS = 4

/** "the session of 20 November 2026". */
export function whichOf({ covers, session_ids = [], made_at }: Scope, days: Days, words: Words): string {
  if (covers === 'from_now_on') {
    return fill(words.which.from_now_on, { day: longDay(made_at ?? new Date().toISOString()) })
  }
  const told = session_ids
    .map((id) => days.get(id))
    .filter((day) => day !== undefined)
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .map((day) => longDay(day))
  if (!told.length) return plural(words.whichGone, session_ids.length)
  const rest = session_ids.length - Math.min(told.length, SHOWN_DAYS)
  const more = rest ? [plural(words.andMore, rest)] : []
  return fill(plural(words.which, session_ids.length), {
    days: listed([...told.slice(0, SHOWN_DAYS), ...more]),
  })
}

/** How many live shares there are with the same person besides this one. */
export const othersWith = ({ id, reviewer }: Share, shares: readonly Share[]): number =>
  reviewer === undefined
    ? 0
    : shares.filter(
        (other) => other.id !== id && other.state === 'live' && other.reviewer?.pin_id === reviewer.pin_id,
      ).length

export const statementOf = (share: Share, days: Days, words: Words): string =>
  fill(words.statement, {
    name: nameOf(share, words),
    what: words.what[sectionsOf(share.sections)],
    which: whichOf(share, days, words),
  })

/** "the end of 20 December 2026", or the day with its time where it is not the whole day. */
export const untilOf = (until: string, words: Words): string =>
  isWholeDay(until) ? fill(words.endOfDay, { day: longDay(until) }) : `${longDay(until)}, ${clock(until)}`

/** How a share came to its end. */
export function endOfShare({ state, ended_at, until }: Share, words: Words): string {
  if (state === 'live') return ''
  if (state === 'does_not_open') return words.ended.does_not_open
  const at = ended_at ?? (state === 'expired' ? until : undefined)
  return at ? fill(words.ended[state], { day: longDay(at) }) : words.ended.bare[state]
}

export const verifiedOf = (verified: string, words: Words): string =>
  words.verified[verified as keyof Words['verified']] ?? words.verified.not_verified

type Names = (moment: string) => string
type Telling = keyof Words['seen']['of']

/** One line of what was done: "Dr Okafor opened the session of 20 November 2026: After the session, The next day." */
export function lineOf(entry: LogEntry, days: Days, momentName: Names, { seen, somebody }: Words): string {
  if (entry.what === 'exported') return exportedOf(entry, seen)
  const name = entry.name || somebody
  if (entry.count !== undefined && entry.what in seen.counted) {
    const told = plural(seen.counted[entry.what as keyof typeof seen.counted], entry.count)
    return fill(told, { name }) + ofSections(entry, seen)
  }
  const checkIns = checkInsOf(entry.check_ins ?? [], momentName, seen)
  const bare = seen.line[entry.what as keyof typeof seen.line] ?? seen.line.other
  const told = checkIns && entry.what in seen.of ? seen.of[entry.what as Telling] : bare
  const sessions = sessionsOf(entry.session_ids ?? [], days, seen)
  const said =
    told.includes('{sessions}') && !sessions ? fill(bare, { name }) : fill(told, { name, checkIns, sessions })
  return checkIns && entry.what !== 'kept_back' ? said + ofSections(entry, seen) : said
}

/** "You took your journal out as PDF. Numbers and words." */
function exportedOf({ format = '', story, shared_with }: LogEntry, seen: Words['seen']): string {
  const told = shared_with ? seen.exportedFor : seen.line.exported
  const said = fill(told, { form: format.toUpperCase(), name: shared_with ?? '' })
  return `${said} ${seen.sections[story ? 'story' : 'ratings']}`
}

const ofSections = ({ sections }: LogEntry, seen: Words['seen']): string =>
  sections?.length ? ` ${seen.sections[sectionsOf(sections)]}` : ''

const MANY = 6

function checkInsOf(checkIns: readonly LentCheckIn[], momentName: Names, seen: Words['seen']): string {
  const several = new Set(checkIns.map(({ session_id }) => session_id)).size > 1
  const told = checkIns.slice(0, MANY).map(({ moment, session_id, happened_at }) => {
    const dated = several || session_id === undefined
    const name = momentName(moment)
    return dated ? fill(seen.momentOf, { moment: name, day: longDay(happened_at) }) : name
  })
  if (checkIns.length > MANY) told.push(plural(seen.rest, checkIns.length - MANY))
  return told.join(', ')
}

function sessionsOf(ids: readonly string[], days: Days, seen: Words['seen']): string {
  const told = ids.slice(0, SHOWN_DAYS).map((id) => {
    const day = days.get(id)
    return day ? fill(seen.session, { day: longDay(day) }) : seen.goneSession
  })
  if (ids.length > SHOWN_DAYS) told.push(plural(seen.rest, ids.length - SHOWN_DAYS))
  return listed(told)
}

/** "one, two and three", in the language of the page. */
export function listed(parts: readonly string[]): string {
  const language = (typeof document === 'undefined' ? '' : document.documentElement.lang) || 'en'
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(parts)
}
