import { type Comparison, get, type Trends } from '../api/index.ts'
import { useLoaded } from '../app/Loaded.tsx'
import { owner } from '../app/owner.ts'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { fetchLexicon } from '../sessions/data.ts'

export type { Comparison, Trends }
export type Session = Trends['sessions'][number]
export type Sensation = Trends['sensations'][number]
export type Pick = Sensation['points'][number]
export type MoodPoint = Trends['mood'][number]['points'][number]
export type Lift = Trends['lift'][number]
export type Breakthrough = Trends['breakthroughs'][number]
export type Totals = Trends['instruments'][number]

/** Everything the charts show, with the words for it. */
export interface Journal {
  trends: Trends
  words: Lexicon
}

/** The last answer, so that going from one chart to the next shows it at once while it is fetched anew. In memory
 * alone, and only for the account it is of. */
let latest: { account: string; journal: Journal } | undefined

export function useJournal() {
  const fetched = useLoaded(fetchJournal)
  const kept = latest?.account === owner.value?.id ? latest?.journal : undefined
  return { ...fetched, data: fetched.data ?? kept }
}

async function fetchJournal(): Promise<Journal> {
  const [{ data: trends }, words] = await Promise.all([get('/trends'), fetchLexicon()])
  const account = owner.peek()?.id
  if (account) latest = { account, journal: { trends, words } }
  return { trends, words }
}

export const fetchComparison = async (first: string, second: string): Promise<Comparison> =>
  (await get('/trends/comparison', { query: { first, second } })).data
