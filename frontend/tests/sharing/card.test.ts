import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { cardIn } from '../../src/sharing/card.ts'

const HERE = 'https://journal.example'
const CARD = 'c2hvcmVsaW5lLWNhcmQtb2YtZHItb2thZm9y'

describe('What somebody pasted', () => {
  it('is a link of this server with a card in its fragment, or the card alone', () => {
    assert.deepEqual(cardIn(` ${HERE}/meet#${CARD}\n`, HERE), { card: CARD })
    assert.deepEqual(cardIn(CARD, HERE), { card: CARD })
  })

  it('is refused where it is of another server', () => {
    assert.deepEqual(cardIn(`https://elsewhere.example/meet#${CARD}`, HERE), { fault: 'otherServer' })
  })

  it('is refused where there is no card in it', () => {
    for (const text of [
      '',
      'hello there',
      `${HERE}/meet`,
      `${HERE}/meet#`,
      `${HERE}/meet#<b>`,
      'javascript:alert(1)',
    ])
      assert.deepEqual(cardIn(text, HERE), { fault: 'noCard' }, text)
  })
})
