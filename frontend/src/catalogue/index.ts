/** The catalogue as the server publishes it, with its wording; data beside the app, and offline like the shell. */
import { Unreachable } from '../api/problem.ts'
import address from '../generated/catalogue.json?url'
import type { Catalogue } from './types.ts'

export type * from './types.ts'

let loaded: Promise<Catalogue> | undefined

export function loadCatalogue(): Promise<Catalogue> {
  loaded ??= read().catch((failure) => {
    loaded = undefined
    throw failure
  })
  return loaded
}

async function read(): Promise<Catalogue> {
  const response = await fetch(address).catch(() => undefined)
  if (!response?.ok) throw new Unreachable()
  return response.json()
}
