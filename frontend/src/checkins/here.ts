/** A check-in that is kept on this phone: sealed at every answer, in place of the server or beside it. */
import { computed, effect, signal, untracked } from '@preact/signals'
import type { Addition, CheckInDraft, SessionDraft } from '../api/index.ts'
import { owner } from '../app/owner.ts'
import { inTheMiddle } from '../app/update.ts'
import {
  dropMirror,
  hasEnded,
  type Item,
  keepSealed,
  mirrored,
  pairingFor,
  whereIsSealed,
} from '../offline/index.ts'
import { keep, letGo, sealedToo, unsaved } from '../unsaved/index.ts'
import { handOver, isWaiting, nameOf, revisionOf, waiting } from './keeping.ts'

/** What of a check-in is to be sealed. */
export interface Sealable {
  id: string
  draft: CheckInDraft
  visit?: { id: string; body: SessionDraft }
  own: readonly Addition[]
}

export type Where = Item['state'] | 'keeping' | 'failed' | 'journal'

/** Words are sealed when the typing rests for this long: it is the phone's own work, and quick. */
export const RESTS_MS = 300
/** The revision of what no server has given one. */
export const UNSENT = 0

/** Check-ins that are sealed and not sent to the server by this page, and for whom. */
const sealed = signal<ReadonlyMap<string, string>>(new Map())
const storing = signal<ReadonlyMap<string, 'keeping' | 'failed' | 'stored'>>(new Map())
const timers = new Map<string, { timer: ReturnType<typeof setTimeout>; now: () => void }>()

export const sealedFor = (id: string): string | undefined => sealed.value.get(id)

/** From here on a check-in is sealed for somebody, and only that. */
export function onlySeal(id: string, account: string): void {
  sealed.value = new Map(sealed.peek()).set(id, account)
}

/** How it stands with a check-in that is sealed only. */
export function whereIs(id: string): Where {
  const how = storing.value.get(id)
  if (how !== 'stored') return how ?? 'keeping'
  return whereIsSealed(id)
}

/** Seals the newest state, at once or when the typing rests. Until it is stored it counts as unsaved. */
export function sealHere(current: Sealable, wait = 0): void {
  const { id } = current
  const name = `seal ${id}`
  const put = (how: 'keeping' | 'failed' | 'stored') => {
    if (unsaved(name) === current) storing.value = new Map(storing.peek()).set(id, how)
  }
  keep(name, current)
  put('keeping')
  inTheMiddle.value = true
  after(id, wait, () => {
    keepSealed(id, documentOf(current), { account: sealedFor(id) }).then(
      () => {
        put('stored')
        if (unsaved(name) === current) letGo(name)
      },
      () => put('failed'),
    )
  })
}

/** Somebody else has the phone in hand: it is sealed for whom it is of, and goes from this page's memory. */
export function forgetSeal(id: string): void {
  timers.get(id)?.now()
  inTheMiddle.value = false
  letGo(`seal ${id}`)
}

/** Tries once more to store what could not be. */
export function sealAgain(id: string): void {
  const current = unsaved<Sealable>(`seal ${id}`)
  if (current) sealHere(current)
}

/** The patient came to its end, or stopped. */
export function endHere(id: string): void {
  inTheMiddle.value = false
  timers.get(id)?.now()
  hasEnded(id)
}

/** What this page sends to the server, and has sealed here meanwhile. */
const following = new Map<string, { current: Sealable; account: string }>()
/** The newest state of each that is safely stored. */
const safe = signal<ReadonlyMap<string, Sealable>>(new Map())

/** Seals what is on its way to the server too, if this phone is kept: it must not go with the tab. */
export function mirrorHere(current: Sealable, account: string | undefined, wait = 0): void {
  const pairing = account ? pairingFor(account) : null
  if (!account || !pairing || pairing.dropped) return
  const { id } = current
  following.set(id, { current, account })
  after(id, wait, () => {
    if (following.get(id)?.current !== current) return
    keepSealed(id, documentOf(current), { mirror: true, account }).then(
      () => {
        safe.value = new Map(safe.peek()).set(id, current)
      },
      () => {},
    )
  })
}

/** Whether what of it the server does not have yet is sealed on this phone. */
export const isMirrored = (id: string): boolean =>
  mirrored.value.has(id) &&
  safe.value.get(id) !== undefined &&
  safe.value.get(id) === following.get(id)?.current

/** All that is unsent is sealed here too. */
export const allMirrored = computed(() =>
  waiting.value.every(({ path, id }) => sealedToo.value.has(nameOf(path, id))),
)

function after(id: string, wait: number, work: () => void): void {
  clearTimeout(timers.get(id)?.timer)
  const now = () => {
    clearTimeout(timers.get(id)?.timer)
    timers.delete(id)
    work()
  }
  if (wait) timers.set(id, { timer: setTimeout(now, wait), now })
  else now()
}

/** What is typed is not lost with a tab that is put away. */
export function watchPuttingAway(target: Pick<Window, 'addEventListener'> = window): void {
  const all = () => {
    for (const { now } of timers.values()) now()
  }
  target.addEventListener('pagehide', all)
  target.addEventListener('visibilitychange', all, true)
}

const namesOf = ({ id, visit, own }: Sealable): string[] => [
  nameOf('check-ins', id),
  ...(visit ? [nameOf('sessions', visit.id)] : []),
  ...own.map((each) => nameOf('additions', each.id)),
]

// A mirror goes as soon as the server has all of it; when the sign-in has ended it is all there is. At a sign-out
// nothing waits either, and then the mirror stays: it is delivered once this tab is gone.
effect(() => {
  const onTheirWay = new Map(waiting.value.map((row) => [nameOf(row.path, row.id), row.trouble]))
  untracked(() => {
    for (const [id, { current, account }] of following) {
      const left = namesOf(current).filter((name) => onTheirWay.has(name))
      if (owner.peek()?.id !== account) following.delete(id)
      else if (!left.length) forget(id)
      else if (left.some((name) => onTheirWay.get(name) === 'signed-out')) takeOver(current, account)
    }
  })
})

function forget(id: string): void {
  following.delete(id)
  dropMirror(id).catch(() => {})
}

function takeOver(current: Sealable, account: string): void {
  following.delete(current.id)
  onlySeal(current.id, account)
  sealHere(current)
  handOver(namesOf(current))
}

effect(() => {
  const stored = [...mirrored.value].filter(isMirrored).map((id) => following.get(id)?.current)
  sealedToo.value = new Set(stored.flatMap((current) => (current ? namesOf(current) : [])))
})

/** What is sealed of it: the check-in, and what the server may not know yet of what it speaks of. */
function documentOf({ id, draft, visit, own }: Sealable): object {
  const revision = revisionOf('check-ins', id)
  const only = sealedFor(id) !== undefined
  const isNew = visit && revisionOf('sessions', visit.id) === undefined
  const tells = visit && (isNew || only || isWaiting('sessions', visit.id))
  const additions = own
    .filter((each) => each.revision === UNSENT && (only || isWaiting('additions', each.id)))
    .map((each) => ({ id: each.id, ratings: each.ratings, story: each.story }))
  return {
    check_in: { id, ...(revision !== undefined && { based_on: revision }), ...draft },
    ...(tells && { session: { id: visit.id, ...visit.body } }),
    ...(additions.length > 0 && { additions }),
  }
}
