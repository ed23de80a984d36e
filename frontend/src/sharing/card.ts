/** A card from what somebody pasted. Pure. */

/** Letters, digits and what base64url and the like are made of; the server says whether it is a card. */
const CARD = /^[\w.~%+=-]{20,600}$/

export type Pasted = { card: string } | { fault: 'noCard' | 'otherServer' }

/** The card of a link, or what is the matter with it. Nothing is fetched from the link. */
export function cardIn(text: string, origin: string): Pasted {
  const trimmed = text.trim()
  if (CARD.test(trimmed)) return { card: trimmed }
  let link: URL
  try {
    link = new URL(trimmed)
  } catch {
    return { fault: 'noCard' }
  }
  const card = link.hash.slice(1)
  if (!CARD.test(card)) return { fault: 'noCard' }
  return link.origin === origin ? { card } : { fault: 'otherServer' }
}
