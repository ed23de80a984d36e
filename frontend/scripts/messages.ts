import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const LANGUAGE = process.env.SHORELINE_LANGUAGE ?? 'en'
const FILE = new URL(`../../journal/content/messages/${LANGUAGE}.json`, import.meta.url).pathname
const ALL = '\0messages'
const AREA = `${ALL}/`

const words = (): Record<string, unknown> => JSON.parse(readFileSync(FILE, 'utf8')).app

/** The wording of the app as one file of data beside it: not one sentence is part of the program. Each area of the
 * message file is a module, so that `import words from 'messages/help'` is all a screen needs. */
export function messages(): Plugin {
  let serving = false
  return {
    name: 'shoreline-messages',
    configResolved(config) {
      serving = config.command === 'serve'
    },
    resolveId: (id) => (/^messages(\/|$)/.test(id) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(ALL)) return undefined
      this.addWatchFile(FILE)
      if (id.startsWith(AREA)) return area(id.slice(AREA.length))
      if (serving) return `export default ${JSON.stringify(words())}`
      const file = this.emitFile({ type: 'asset', name: 'words.json', source: JSON.stringify(words()) })
      return `export default await (await fetch(import.meta.ROLLUP_FILE_URL_${file})).json()`
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle }) => {
        const file = Object.keys(bundle ?? {}).find((one) => /words-.*\.json$/.test(one))
        const early = file
          ? `<link rel="preload" as="fetch" crossorigin href="/${file}">\n  </head>`
          : '</head>'
        return html.replace('lang="en"', `lang="${LANGUAGE}"`).replace('</head>', early)
      },
    },
  }
}

function area(name: string): string {
  if (!words()[name]) throw new Error(`${FILE} has no area "${name}"`)
  return `import all from 'messages'\nexport default all[${JSON.stringify(name)}]`
}
