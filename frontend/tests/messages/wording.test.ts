import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

const FILE = new URL('../../../journal/content/messages/en.json', import.meta.url)
const SOURCE = new URL('../../src/', import.meta.url).pathname
const AREAS: Record<string, unknown> = JSON.parse(readFileSync(FILE, 'utf8')).app

/** Sentences whose exact wording was decided, though they use a word that is otherwise not ours. */
const DECIDED = [
  'Nobody can read your entries from our database or our backups.',
  'It does not diagnose, advise',
]

function leaves(value: unknown, path: string): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]]
  return Object.entries(value as object).flatMap(([name, inner]) => leaves(inner, `${path}.${name}`))
}

const all = Object.entries(AREAS).flatMap(([area, words]) => leaves(words, area))

function never(pattern: RegExp, why: string): void {
  for (const [path, text] of all) {
    const rest = DECIDED.reduce((left, sentence) => left.replace(sentence, ''), text)
    assert.ok(!pattern.test(rest), `${path} ${why}: ${text}`)
  }
}

test('there are words to look at', () => {
  assert.ok(all.length > 150)
})

test('no screen judges, advises or promises what is not kept', () => {
  never(/diagnos(?!is\. )|severe|abnormal|risk level|you should (increase|reduce|stop)/i, 'judges or advises')
  never(/end-to-end|zero.knowledge|anonym|hipaa|unhackable|100 ?%/i, 'promises too much')
  never(/streak|well done|great job|congrat|keep it up|amazing/i, 'praises')
})

test('one word a thing', () => {
  never(/\b(entry|entries|logs?|records?)\b/i, 'calls a check-in something else')
  never(/\b(encrypt|decrypt)/i, 'says encrypt where we say seal and open')
  never(/log ?(in|out|on)\b(?! name)|login (?!name)/i, 'says log in where we say sign in')
})

test('nothing is empty, and places to fill are whole', () => {
  for (const [path, text] of all) {
    assert.ok(text.trim(), `${path} is empty`)
    assert.equal(text.replace(/\{\w+\}/g, '').match(/[{}]/), null, `${path} has a broken place: ${text}`)
  }
})

test('no message is left over', () => {
  const source = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => readFileSync(SOURCE + file, 'utf8'))
    .join('\n')
  for (const area of ['common', 'welcome', 'accounts', 'settings', 'help', 'deposits', 'sharing', 'export']) {
    for (const name of Object.keys(AREAS[area] as object)) {
      assert.ok(new RegExp(`\\.${name}\\b`).test(source), `${area}.${name} is shown nowhere`)
    }
  }
})
