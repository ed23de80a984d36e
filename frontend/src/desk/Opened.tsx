import words from 'messages/desk'
import { fill } from '../text.ts'
import type { PageProps } from './BriefPage.tsx'
import { Cut } from './Cut.tsx'
import { linesOf, type Plan } from './paper.ts'

const { brief: says } = words

/** What opened up: the answers in a line, then the patient's own words. */
export function Opened({ brief: { breakthrough }, lexicon, plan }: PageProps & { plan: Plan }) {
  if (!breakthrough) return null
  const { opened, items, lines } = breakthrough
  const answers = [
    opened && lexicon.opened(opened),
    ...lexicon.catalogue.items.flatMap(({ id, label }) =>
      items[id] === undefined ? [] : [fill(says.item, { label, value: items[id] })],
    ),
  ].filter(Boolean)
  const isCut = lines.some(({ text }, place) => linesOf(text, plan.perLine) > (plan.quotes[place] ?? 0))
  return (
    <section class="brief-opened">
      <h2>{says.opened}</h2>
      {answers.length > 0 && <p>{answers.join(' \u00b7 ')}</p>}
      <div class={lines.length > 1 ? 'quotes' : undefined}>
        {lines.map(({ prompt_id, text, check_in_id }, place) => (
          <figure
            key={`${check_in_id}${prompt_id}`}
            class={place < plan.quotes.length ? 'line-told' : 'line-told not-printed'}
          >
            <figcaption class="soft small one-line">{lexicon.prompt(prompt_id)}</figcaption>
            <blockquote>
              <Cut text={text} lines={plan.quotes[place] ?? 1} perLine={plan.perLine} mark="…" />
            </blockquote>
          </figure>
        ))}
      </div>
      {isCut && <p class="only-printed soft">{says.more}</p>}
    </section>
  )
}
