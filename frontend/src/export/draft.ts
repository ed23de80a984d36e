/** What to take out, while it is being chosen. Pure. */
export const FORMATS = ['pdf', 'csv', 'json', 'fhir'] as const
export type Format = (typeof FORMATS)[number]
export const KINDS = ['sessions', 'check_ins', 'additions', 'courses'] as const
export type Kind = (typeof KINDS)[number]

export interface Draft {
  format?: Format
  span: 'all' | 'days'
  /** As they were typed: "2026-11-20", or nothing for no limit. */
  since: string
  until: string
  story: boolean
  kinds: readonly Kind[]
  whom: 'me' | 'somebody'
  name: string
  whatFor: string
}

export const fresh: Draft = {
  span: 'all',
  since: '',
  until: '',
  story: true,
  kinds: KINDS,
  whom: 'me',
  name: '',
  whatFor: '',
}

/** What is asked of the server. */
export interface Asked {
  format: Format
  story: boolean
  since?: string
  until?: string
  kinds?: Kind[]
  shared_with?: { name: string; what_for?: string }
  /** The steps on the way are told of a PDF alone. */
  progress: boolean
}

export type Fault = 'noDay' | 'daysTurned' | 'noKind' | 'noName'

/** What is to be mended before anything is sent, by the pointers of the server. */
export function faultsIn(draft: Draft): Record<string, Fault> {
  const { span, since, until, kinds, whom, name } = draft
  const found: Record<string, Fault> = {}
  if (span === 'days' && !since && !until) found['#/since'] = 'noDay'
  if (span === 'days' && since && until && until < since) found['#/until'] = 'daysTurned'
  if (!kinds.length) found['#/kinds'] = 'noKind'
  if (whom === 'somebody' && !name.trim()) found['#/shared_with/name'] = 'noName'
  return found
}

/** Only what was chosen is sent. */
export function askedOf(draft: Draft & { format: Format }): Asked {
  const { format, story, span, since, until, kinds, whom } = draft
  const asked: Asked = { format, story, progress: format === 'pdf' }
  if (span === 'days' && since) asked.since = since
  if (span === 'days' && until) asked.until = until
  if (kinds.length < KINDS.length) asked.kinds = [...kinds]
  if (whom === 'somebody') asked.shared_with = sharedWith(draft)
  return asked
}

function sharedWith({ name, whatFor }: Draft): { name: string; what_for?: string } {
  const what_for = whatFor.trim()
  return what_for ? { name: name.trim(), what_for } : { name: name.trim() }
}
