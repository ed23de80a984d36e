import { signal } from '@preact/signals'
import { get, type Problem, put, type Settings } from '../api/index.ts'

export interface Kept {
  values: Settings
  etag: string | undefined
}

/** The settings of whoever is signed in, once they were read; in memory alone. */
export const mySettings = signal<Kept | undefined>(undefined)

export async function loadSettings(): Promise<Kept> {
  const { data, etag } = await get('/settings')
  mySettings.value = { values: data, etag }
  return mySettings.value
}

/** Puts these members in place of their namesakes; `undefined` takes one away. What another device changed since
 * they were read is never overwritten: that throws the Problem "changed-elsewhere". */
export async function changeSettings(changes: Partial<Settings>): Promise<Kept> {
  const before = mySettings.peek() ?? (await loadSettings())
  const body = { ...before.values, ...changes }
  const { data, etag } = await put('/settings', { body, ifMatch: before.etag })
  mySettings.value = { values: data, etag }
  return mySettings.value
}

/** After "changed-elsewhere": takes what is stored now as what was read. */
export function takeStored(problem: Problem): Kept {
  mySettings.value = { values: problem.members.current as Settings, etag: problem.etag }
  return mySettings.value
}
