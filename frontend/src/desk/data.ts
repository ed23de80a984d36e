/** What the desk reads. Each brief and each session read leaves an entry in the patient's log: none is read twice. */
import words from 'messages/desk'
import { ask, get } from '../api/index.ts'
import { download, nameOf } from '../app/download.ts'
import { owner } from '../app/owner.ts'
import { type Catalogue, loadCatalogue } from '../catalogue/index.ts'
import { Lexicon } from '../catalogue/lexicon.ts'
import type { Brief, DeskShare, LentRows, LentVisit, OpenShare } from './types.ts'

export type * from './types.ts'

export const isOpen = (share: DeskShare): share is OpenShare => share.opens && share.patient !== undefined

export const fetchDesk = async () => (await get('/desk')).data

export interface BriefFound {
  brief: Brief
  lexicon: Lexicon
}

export async function fetchBrief(share_id: string, session?: string): Promise<BriefFound> {
  const [{ data: brief }, catalogue] = await Promise.all([
    get('/desk/{share_id}/brief', { path: { share_id }, query: { session } }),
    loadCatalogue(),
  ])
  courseOf(share_id, brief.sessions)
  return { brief, lexicon: new LentLexicon(catalogue, brief.own_terms) }
}

/** Long enough to set a page on a busy server. */
const PATIENCE_MS = 120_000

/** The same as a file, for the device's own disk. */
export async function takeBrief(share_id: string, session?: string): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const response = await ask('get', '/desk/{share_id}/brief.pdf', {
    path: { share_id },
    query: { session },
    signal,
  })
  download(nameOf(response, 'pdf'), await response.blob())
}

export interface RowsFound {
  rows: LentRows
  lexicon: Lexicon
}

/** A session with its check-ins; without one, the check-ins that belong to none. */
export async function fetchRows(share_id: string, session_id?: string): Promise<RowsFound> {
  const asked = session_id
    ? get('/desk/{share_id}/sessions/{session_id}', { path: { share_id, session_id } })
    : get('/desk/{share_id}/apart', { path: { share_id } })
  const [{ data: rows }, catalogue] = await Promise.all([asked, loadCatalogue()])
  return { rows, lexicon: new LentLexicon(catalogue, rows.own_terms) }
}

/** The sensations of the patient's own go by the names that are lent. */
class LentLexicon extends Lexicon {
  constructor(catalogue: Catalogue, own: Readonly<Record<string, string>>) {
    const additions = Object.entries(own).map(([id, label]) => ({
      id: id.replace(/^own\./, ''),
      ratings: { list: '' },
      story: { label },
    }))
    super(catalogue, additions)
  }

  /** One whose name is not lent is not called "Your own": the reader is somebody else. */
  override label(id: string): string {
    const label = super.label(id)
    return id.startsWith('own.') && label === this.group('own') ? words.brief.ownTerm : label
  }
}

let latest: { account: string | undefined; share: string; sessions: readonly LentVisit[] } | undefined

/** The sessions of the brief that was read last, so that one leads to the next without another read. */
export function courseOf(share: string, sessions?: readonly LentVisit[]): readonly LentVisit[] {
  const account = owner.peek()?.id
  if (sessions) latest = { account, share, sessions }
  return latest?.share === share && latest.account === account ? latest.sessions : []
}
