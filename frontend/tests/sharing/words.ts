/** The wording of sharing, and a page to ask for its language. */
import { readFileSync } from 'node:fs'
import type { Words } from '../../src/sharing/say.ts'

const FILE = new URL('../../../journal/content/messages/en.json', import.meta.url)

export const words: Words = JSON.parse(readFileSync(FILE, 'utf8')).app.sharing

globalThis.document ??= { documentElement: { lang: 'en' } } as Document
