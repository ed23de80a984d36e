/** The catalogue as the server publishes it, with its wording; a chunk of its own, and offline like the shell. */
import type { Catalogue } from './types.ts'

export type * from './types.ts'

let loaded: Promise<Catalogue> | undefined

export function loadCatalogue(): Promise<Catalogue> {
  loaded ??= import('../generated/catalogue.json').then((module) => module.default as unknown as Catalogue)
  return loaded
}
