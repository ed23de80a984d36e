import words from 'messages/sharing'
import { Button } from '../elements/index.ts'
import { dayAndTime } from '../elements/when.ts'
import { fill, plural } from '../text.ts'
import { type Days, nameOf, statementOf, untilOf, verifiedOf } from './say.ts'
import type { Share } from './types.ts'

/** One live share, said plainly. */
export function Statement({ share, days }: { share: Share; days: Days }) {
  const name = nameOf(share, words)
  return (
    <section class="panel" aria-labelledby={`share-${share.id}`}>
      <h3 id={`share-${share.id}`}>{name}</h3>
      <p>{statementOf(share, days, words)}</p>
      <ShareFacts share={share} />
      {share.waiting > 0 && <a href="/sharing/waiting">{plural(words.waits, share.waiting)}</a>}
      {share.unread_replies > 0 && <a href={`/sharing/${share.id}`}>{fill(words.replied, { name })}</a>}
      <Button full href={`/sharing/${share.id}`} label={fill(words.openWith, { name })}>
        {words.open}
      </Button>
    </section>
  )
}

/** Until when and what for, how they were verified, and what they did with it. */
export function ShareFacts({ share }: { share: Share }) {
  const { facts } = words
  const { until, what_for, reviewer, name, lent, last_opened_at, reviewed_at } = share
  const lines: [string, string | undefined][] = [
    [facts.until, until && untilOf(until, words)],
    [facts.whatFor, what_for],
    [facts.lent, String(lent)],
    [facts.opened, last_opened_at ? dayAndTime(last_opened_at) : facts.notYet],
    [facts.reviewed, reviewed_at ? dayAndTime(reviewed_at) : facts.notYet],
    [facts.verified, reviewer && verifiedOf(reviewer.verified, words)],
    [facts.callsYou, name],
  ]
  return (
    <dl class="facts short">
      {lines.map(
        ([label, text]) =>
          text && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
