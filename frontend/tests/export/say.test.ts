import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nameOf } from '../../src/app/download.ts'
import { bringInOf, countsOf, sizeOf, undoneOf } from '../../src/export/say.ts'
import { words } from './words.ts'

const NONE = { check_ins: 0, sessions: 0, courses: 0, additions: 0 }

describe('sizes', () => {
  it('are said in the unit that fits', () => {
    const said = [0, 1, 999, 1000, 1240, 48_211, 1_200_000, 3_000_000_000].map(sizeOf)
    const fit = ['0 bytes', '1 byte', '999 bytes', '1 kB', '1.2 kB', '48 kB', '1.2 MB', '3,000 MB']
    assert.deepEqual(said, fit)
  })
})

describe('names of files', () => {
  const named = (disposition: string) =>
    nameOf({ headers: new Headers({ 'Content-Disposition': disposition }) }, 'zip')

  it('are the server’s', () => {
    assert.equal(named('attachment; filename="journal-2026-11-20.zip"'), 'journal-2026-11-20.zip')
  })

  it('say nothing else, whatever is told', () => {
    assert.equal(named('attachment; filename="maya-ketamine.zip"'), 'journal.zip')
    assert.equal(named('attachment; filename="../journal-2026-11-20.zip"'), 'journal.zip')
    assert.equal(nameOf({ headers: new Headers() }, 'pdf'), 'journal.pdf')
  })
})

describe('an import', () => {
  it('is told in counts of what there is', () => {
    const counts = { ...NONE, check_ins: 12, sessions: 1 }
    assert.deepEqual(countsOf(counts, words), ['12 check-ins', '1 session'])
    assert.deepEqual(countsOf(NONE, words), [])
  })

  it('has a button that says how many check-ins come', () => {
    assert.equal(bringInOf({ ...NONE, check_ins: 1 }, words), 'Bring in 1 check-in')
    assert.equal(bringInOf({ ...NONE, sessions: 3 }, words), 'Bring it in')
  })

  it('says after an undo what stayed, and why', () => {
    assert.equal(undoneOf(3, 0, words), '3 were deleted.')
    assert.match(undoneOf(2, 1, words), /^2 were deleted\. 1 stayed: it was changed/)
  })
})
