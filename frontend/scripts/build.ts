/** Builds the app, then the worker with the list of what the app is made of, then holds both against their budgets. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

const DIST = 'dist'
/** Fetched by the system when it installs the app, never by the app itself. */
const NOT_KEPT = /^(index\.html|sw\.js|robots\.txt|screenshots\/.*|\..*)$/
/** Bytes after gzip. */
const BUDGET = { entry: 30, js: 116, css: 8, worker: 2.2 }

const files = (): string[] =>
  readdirSync(DIST, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => `${found.parentPath}/${found.name}`.slice(DIST.length + 1))
    .sort()

const weigh = (file: string): number => gzipSync(readFileSync(`${DIST}/${file}`), { level: 9 }).length

async function buildWorker(): Promise<void> {
  const kept = files().filter((file) => !NOT_KEPT.test(file))
  const version = createHash('sha256')
  for (const file of ['index.html', ...kept]) version.update(file).update(readFileSync(`${DIST}/${file}`))
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: {
      __FILES__: JSON.stringify(kept.map((file) => `/${file}`)),
      __VERSION__: JSON.stringify(version.digest('hex').slice(0, 12)),
    },
    build: {
      emptyOutDir: false,
      modulePreload: false,
      rollupOptions: { input: 'src/worker/worker.ts', output: { entryFileNames: 'sw.js', format: 'iife' } },
    },
  })
}

/** Sizes after gzip; `entry` is what the page asks for before it shows anything. */
function sizes(): Record<keyof typeof BUDGET, number> {
  const page = readFileSync(`${DIST}/index.html`, 'utf8')
  const all = files().filter((file) => file !== 'sw.js')
  const sum = (kind: string, test = (_: string) => true) =>
    all.filter((file) => file.endsWith(kind) && test(file)).reduce((total, file) => total + weigh(file), 0)
  return {
    entry: sum('.js', (file) => page.includes(file)),
    js: sum('.js'),
    css: sum('.css'),
    worker: weigh('sw.js'),
  }
}

function holdAgainstBudget(): void {
  let over = false
  for (const [what, bytes] of Object.entries(sizes())) {
    const most = BUDGET[what as keyof typeof BUDGET]
    if (bytes > most * 1024) over = true
    console.log(`${what.padEnd(7)}${(bytes / 1024).toFixed(1).padStart(6)} of ${most} KB gz`)
  }
  if (over) throw new Error('over the budget')
}

await build({ logLevel: 'warn' })
await buildWorker()
holdAgainstBudget()
