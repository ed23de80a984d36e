import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const LANGUAGE = process.env.SHORELINE_LANGUAGE ?? 'en'
const FILE = new URL(`../../journal/content/messages/${LANGUAGE}.json`, import.meta.url).pathname
const PREFIX = 'messages/'

/** Makes each area of the message file a module of its own, and the language the page's. */
export function messages(): Plugin {
  return {
    name: 'shoreline-messages',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined
      this.addWatchFile(FILE)
      const area = id.slice(PREFIX.length + 1)
      const words: Record<string, unknown> = JSON.parse(readFileSync(FILE, 'utf8')).app
      if (!words[area]) throw new Error(`${FILE} has no area "${area}"`)
      return `export default ${JSON.stringify(words[area])}`
    },
    transformIndexHtml: (html) => html.replace('lang="en"', `lang="${LANGUAGE}"`),
  }
}
