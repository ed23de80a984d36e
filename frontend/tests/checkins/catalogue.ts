import { readFileSync } from 'node:fs'
import type { Catalogue } from '../../src/catalogue/types.ts'

/** The catalogue as it is published, not one made up for tests. */
export const catalogue: Catalogue = JSON.parse(
  readFileSync(new URL('../../src/generated/catalogue.json', import.meta.url), 'utf8'),
)
