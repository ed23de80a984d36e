/** Gathers what a check-in needs to know before its first question. */
import { type CheckIn, type CheckInDraft, type DosingSession, get, Problem } from '../api/index.ts'
import { loadCatalogue } from '../catalogue/index.ts'
import type { Moment } from '../catalogue/types.ts'
import { atOffset, deviceZone, hoursBetween, now } from '../elements/when.ts'
import { draftOf, etagOf, fetchAdditions, fetchCheckIns, fetchSessions } from '../sessions/data.ts'
import { asUsual } from '../sessions/usual.ts'
import { begin } from './draft.ts'
import { flow, goOnAt, type Known, NOTHING_KNOWN } from './flow.ts'
import { knownAs, unsent } from './keeping.ts'
import { type Underway, underway, type Visit } from './underway.ts'

export interface Asked {
  moment: string
  session?: string
  id: string
}

const MINUTE = 60_000

/** A check-in to answer: a new one, or one to go on with, as it is stored or `given`. The landing check-in waits for
 * nothing but the catalogue. */
export async function open(
  { moment: name, session, id }: Asked,
  anew: boolean,
  given?: CheckInDraft,
): Promise<Underway | undefined> {
  const catalogue = await loadCatalogue()
  const moment = catalogue.moments.find((each) => each.id === name)
  if (!moment || (name !== 'landing' && name !== 'before' && name !== 'anytime' && !session)) return undefined
  const light = name === 'landing' && anew
  const mine = given ?? (unsent('check-ins', id) as CheckInDraft | undefined)
  const [stored, around] = await Promise.all([
    anew || mine ? undefined : fetchStored(id),
    light ? LITTLE : gather(moment, session, id),
  ])
  const visit = around.visit ?? (session || name === 'anytime' ? undefined : untold(name))
  const kept = mine ?? (stored && draftOf(stored))
  const draft =
    kept ?? begin({ moment: moment.id, sessionId: session ?? visit?.id, at: now(), zone: deviceZone() })
  if (stored) knownAs('check-ins', id, etagOf(stored))
  const questions = flow(catalogue, draft, around.known)
  const first = kept && !kept.ratings.finished ? goOnAt(questions, draft) : questions.questions[0]!.key
  return {
    id,
    draft,
    begun: kept !== undefined,
    earlier: stored !== undefined || kept?.ratings.revised_at !== undefined,
    known: around.known,
    visit,
    own: around.own,
    trail: [first],
  }
}

/** A check-in that is sealed on this phone: nothing is asked of the server, so nothing is known from before. */
export async function openSealed({ moment: name, session, id }: Asked): Promise<Underway | undefined> {
  const catalogue = await loadCatalogue()
  const moment = catalogue.moments.find((each) => each.id === name)
  if (!moment) return undefined
  const visit = !session && (name === 'landing' || name === 'before') ? untold(name) : undefined
  const known: Known = { ...NOTHING_KNOWN, ...(visit && moment.facts.length && { open: 'visit' }) }
  const draft = begin({ moment: moment.id, sessionId: session ?? visit?.id, at: now(), zone: deviceZone() })
  const first = flow(catalogue, draft, known).questions[0]!.key
  return { id, draft, begun: false, earlier: false, known, visit, own: [], trail: [first] }
}

interface Around {
  known: Known
  own: Underway['own']
  visit?: Visit
}
const LITTLE: Around = { known: NOTHING_KNOWN, own: [] }

async function fetchStored(id: string): Promise<CheckIn | undefined> {
  try {
    return (await get('/check-ins/{row_id}', { path: { row_id: id } })).data
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 404) return undefined
    throw failure
  }
}

async function gather(moment: Moment, session: string | undefined, id: string): Promise<Around> {
  const [own, checkIns, due, told] = await Promise.all([
    fetchAdditions(),
    moment.id === 'before' || session
      ? fetchCheckIns(moment.id === 'before' ? undefined : session)
      : undefined,
    moment.screens.some(({ kind }) => kind === 'instruments') ? fetchDue() : {},
    moment.facts.length ? fetchVisit(moment, session) : undefined,
  ])
  const others = (checkIns?.rows ?? []).filter((each) => each.id !== id)
  const said = new Set(
    moment.id === 'before' ? others.flatMap((each) => Object.keys(each.story?.texts ?? {})) : [],
  )
  const near = others.filter((each) => session !== undefined && each.session_id === session)
  return { own, known: { others: near, due, said, open: told?.open }, visit: told?.visit }
}

const fetchDue = async (): Promise<Record<string, boolean>> => (await get('/today')).data.instruments_due

/** The session as it is kept, or one that is not told of yet; and what of it is still to be told. */
async function fetchVisit(
  moment: Moment,
  session: string | undefined,
): Promise<{ visit: Visit; open: Known['open'] }> {
  const before = moment.id === 'before'
  if (!session) {
    const visit = untold(moment.id)
    return { visit: { ...visit, body: await asUsual(visit.body) }, open: 'visit' }
  }
  const { data, etag } = await get('/sessions/{row_id}', { path: { row_id: session } })
  knownAs('sessions', session, etag)
  const { route, blood_pressure, pulse } = data.ratings
  if (before && !route) {
    return { visit: { id: session, told: true, body: await asUsual(draftOf(data)) }, open: 'visit' }
  }
  const open = before || blood_pressure || pulse ? undefined : 'facts'
  return { visit: { id: session, told: true, body: draftOf(data) }, open }
}

/** A session nobody has told of yet. Its time is a proposal that the patient sees before anything is kept: an hour ago
 * at landing, two hours ahead before a session. */
function untold(moment: string): Visit {
  const away = moment === 'landing' ? -60 : 120
  const step = (moment === 'landing' ? 5 : 30) * MINUTE
  const at = new Date(Math.round((Date.now() + away * MINUTE) / step) * step)
  const ratings = { happened_at: atOffset(at), time_zone: deviceZone(), written_at: now() }
  return { id: crypto.randomUUID(), told: false, body: { ratings } }
}

/** What a landing check-in did not wait for: the patient's own sensations, and a session that was planned for today. */
export async function catchUp(): Promise<void> {
  const [own, sessions] = await Promise.all([fetchAdditions(), fetchSessions()])
  const current = underway.peek()
  if (!current) return
  const known = new Set(current.own.map(({ id }) => id))
  underway.value = { ...current, own: [...own.filter(({ id }) => !known.has(id)), ...current.own] }
  const soon = sessions.rows.find(({ ratings }) => isSoon(hoursBetween(now(), ratings.happened_at)))
  if (soon) adopt(soon)
}

const isSoon = (hours: number): boolean => hours > 0 && hours < 12

/** It began earlier than it was planned: it is that session, with the time that is proposed on the screen. */
function adopt(planned: DosingSession): void {
  const current = underway.peek()
  if (!current?.visit || current.begun) return
  const { happened_at, time_zone } = current.visit.body.ratings
  const body = draftOf(planned)
  knownAs('sessions', planned.id, etagOf(planned))
  underway.value = {
    ...current,
    draft: { ...current.draft, session_id: planned.id },
    visit: {
      id: planned.id,
      told: false,
      body: { ...body, ratings: { ...body.ratings, happened_at, time_zone } },
    },
  }
}
