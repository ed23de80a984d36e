import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Problem } from '../../src/api/problem.ts'
import { BrokenOff, Framed, type Step } from '../../src/export/framing.ts'
import { joined, utf8 } from '../../src/offline/bytes.ts'

const FILE = new Uint8Array([37, 80, 68, 70, 10, 0, 255, 10])
const STEPS: Step[] = [
  { done: 1, of: 2, step: 'telling' },
  { done: 2, of: 2, step: 'setting' },
]
const HEAD = { bytes: FILE.length, media: 'application/pdf', name: 'journal-2026-11-20.pdf' }

const lines = (...told: object[]) => utf8(told.map((line) => `${JSON.stringify(line)}\n`).join(''))
const whole = joined(lines(...STEPS, HEAD), FILE)

/** Takes bytes in pieces of a size; the steps that were told. */
function taken(bytes: Uint8Array<ArrayBuffer>, size: number): [Framed, Step[]] {
  const told: Step[] = []
  const frames = new Framed((step) => told.push(step))
  for (let at = 0; at < bytes.length; at += size) frames.take(bytes.subarray(at, at + size))
  return [frames, told]
}

describe('a file with its steps before it', () => {
  for (const size of [1, 7, 64, whole.length]) {
    it(`comes whole in pieces of ${size}`, async () => {
      const [frames, told] = taken(whole, size)
      const { name, file } = frames.whole()
      assert.deepEqual(told, STEPS)
      assert.equal(name, HEAD.name)
      assert.equal(file.type, HEAD.media)
      assert.deepEqual(new Uint8Array(await file.arrayBuffer()), FILE)
    })
  }

  it('is no file when it broke off anywhere', () => {
    for (let end = 0; end < whole.length; end++) {
      const [frames] = taken(whole.subarray(0, end), 16)
      assert.throws(() => frames.whole(), BrokenOff)
    }
  })

  it('is no file when there is more of it than was told', () => {
    const [frames] = taken(joined(whole, FILE), 16)
    assert.throws(() => frames.whole(), BrokenOff)
  })

  it('says what the server says when it could not be made after all', () => {
    const problem = { type: '/problems/no-paper', title: 'No', status: 500, detail: 'Because.' }
    const refused = (failure: unknown) => failure instanceof Problem && failure.is('no-paper')
    assert.throws(() => taken(lines(STEPS[0]!, { problem }), 16), refused)
  })

  it('takes no page of somebody else for it', () => {
    assert.throws(() => taken(utf8('<!doctype html>\n'), 16), BrokenOff)
    assert.throws(() => taken(utf8('x'.repeat(20_000)), 512), BrokenOff)
  })
})
