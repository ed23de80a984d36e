import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encode } from 'uqr'
import { drawn } from '../../src/elements/QrPath.ts'

test('a row is drawn in runs, and what is light is left out', () => {
  assert.equal(
    drawn([
      [true, true, false, true],
      [false, false, false, false],
      [false, true, true, true],
    ]),
    'M0 0h2v1h-2zM3 0h1v1h-1zM1 2h3v1h-3z',
  )
})

test('every dark module of a real code is drawn once, and no light one', () => {
  const { data } = encode('otpauth://totp/Shoreline:okafor?secret=GEZDGNBVGY3TQOJQ', { ecc: 'M', border: 4 })
  const dark = data.map((row) => row.map(() => 0))
  for (const [, x, y, length] of drawn(data).matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let step = 0; step < Number(length); step++) dark[Number(y)]![Number(x) + step]!++
  }
  assert.deepEqual(
    dark,
    data.map((row) => row.map(Number)),
  )
})
