import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { askedOf, type Draft, faultsIn, fresh, KINDS } from '../../src/export/draft.ts'

const drafted = (changes: Partial<Draft>): Draft & { format: 'json' } => ({
  ...fresh,
  ...changes,
  format: 'json',
})

describe('what is asked of the server', () => {
  it('is everything with its words, unless something else is chosen', () => {
    assert.deepEqual(askedOf(drafted({})), { format: 'json', story: true, progress: false })
  })

  it('tells the steps of a PDF', () => {
    assert.equal(askedOf({ ...fresh, format: 'pdf' }).progress, true)
  })

  it('has the days of a span, and forgets them when all is chosen again', () => {
    const days = { since: '2026-11-01', until: '2026-11-20' }
    assert.equal(askedOf(drafted({ ...days, span: 'days' })).since, '2026-11-01')
    assert.equal(askedOf(drafted({ ...days, span: 'days' })).until, '2026-11-20')
    assert.equal('since' in askedOf(drafted(days)), false)
  })

  it('has the kinds only where one is left out', () => {
    assert.equal('kinds' in askedOf(drafted({ kinds: KINDS })), false)
    assert.deepEqual(askedOf(drafted({ kinds: ['sessions'] })).kinds, ['sessions'])
  })

  it('says whom it is for, and forgets it when it is for oneself again', () => {
    const whom = { name: ' Dr Okafor ', whatFor: ' ' }
    assert.deepEqual(askedOf(drafted({ ...whom, whom: 'somebody' })).shared_with, { name: 'Dr Okafor' })
    const said = askedOf(drafted({ name: 'Dr Okafor', whatFor: 'First visit', whom: 'somebody' }))
    assert.deepEqual(said.shared_with, { name: 'Dr Okafor', what_for: 'First visit' })
    assert.equal('shared_with' in askedOf(drafted(whom)), false)
  })
})

describe('what is to be mended first', () => {
  it('is nothing of a fresh draft', () => assert.deepEqual(faultsIn(fresh), {}))

  it('is a span without a day, or one that ends before it begins', () => {
    assert.deepEqual(faultsIn({ ...fresh, span: 'days' }), { '#/since': 'noDay' })
    const turned = { ...fresh, span: 'days' as const, since: '2026-11-20', until: '2026-11-19' }
    assert.deepEqual(faultsIn(turned), { '#/until': 'daysTurned' })
    assert.deepEqual(faultsIn({ ...turned, until: '2026-11-20' }), {})
    assert.deepEqual(faultsIn({ ...turned, since: '' }), {})
  })

  it('is nothing at all to take along, and nobody to take it to', () => {
    assert.deepEqual(faultsIn({ ...fresh, kinds: [] }), { '#/kinds': 'noKind' })
    assert.deepEqual(faultsIn({ ...fresh, whom: 'somebody', name: ' ' }), { '#/shared_with/name': 'noName' })
  })
})
