/** The file that is to come in; in memory, so that neither a refusal nor a look at Help loses what was chosen. */
import { effect, signal } from '@preact/signals'
import { get, post, remove } from '../api/index.ts'
import type { components } from '../api/schema.d.ts'
import { loadSettings } from '../app/mySettings.ts'
import { owner } from '../app/owner.ts'
import type { Bytes } from '../offline/bytes.ts'

type Schemas = components['schemas']
export type Preview = Schemas['ImportPreview']
export type Imported = Schemas['Imported'] & { preview: Preview }
export type Import = Schemas['Import']
export type Undone = Schemas['Undone'] & { id: string }

export const SOURCES = ['shoreline', 'daylio', 'bearable'] as const
export type Source = (typeof SOURCES)[number]

export interface Bringing {
  source?: Source
  /** What the moods of Bearable go up to, where the patient says so. */
  moodScale?: 5 | 10
  file?: { name: string; bytes: Bytes }
  preview?: Preview
  /** What came of it. */
  imported?: Imported
  /** What was taken out again last. */
  undone?: Undone
}

export const bringing = signal<Bringing>({})

let whose: string | undefined

// Whoever signs in next finds nothing of the one before.
effect(() => {
  const id = owner.value?.id
  if (id === whose) return
  whose = id
  bringing.value = {}
})

/** Changes what was chosen; what was seen of it before does not hold any more. */
export const choose = (changes: Pick<Bringing, 'source' | 'moodScale' | 'file'>): void => {
  bringing.value = { ...bringing.peek(), ...changes, preview: undefined, undone: undefined }
}

export const lookAway = (): void => {
  bringing.value = { ...bringing.peek(), preview: undefined }
}

export const startAnew = (): void => {
  bringing.value = {}
}

/** The server takes no more at once. */
export const FILE_MOST = 16 * 1024 * 1024

/** A long journal takes a while to be sealed row by row. */
const PATIENCE_MS = 180_000

function asked({ source, moodScale, file }: Bringing) {
  const query = { from: source!, ...(source === 'bearable' && { mood_scale: moodScale }) }
  return { query, bytes: file!.bytes, signal: AbortSignal.timeout(PATIENCE_MS) }
}

export async function look(): Promise<void> {
  const { data } = await post('/imports/preview', asked(bringing.peek()))
  bringing.value = { ...bringing.peek(), preview: data }
}

/** All of it, or nothing. It may also fill in settings that were not set. */
export async function bringIn(): Promise<void> {
  const { preview, ...chosen } = bringing.peek()
  const { data } = await post('/imports', asked(chosen))
  bringing.value = { imported: { ...data, preview: preview! } }
  await loadSettings().catch(() => {})
}

export const fetchImports = async (): Promise<readonly Import[]> => (await get('/imports')).data.imports

export async function undo(import_id: string): Promise<void> {
  const { data } = await remove('/imports/{import_id}', { path: { import_id } })
  bringing.value = { ...bringing.peek(), undone: { ...data, id: import_id } }
  await loadSettings().catch(() => {})
}
