import messages from 'messages/trends'
import type { ComponentChildren } from 'preact'
import { Button } from '../elements/index.ts'

/** One chart of several below each other. */
export const Part = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <section class="stack">
    <h2>{title}</h2>
    {children}
  </section>
)

/** No check-in has told anything that this chart could show. */
export const Nothing = () => (
  <div class="nothing stack">
    <p>{messages.nothing}</p>
    <div>
      <Button href="/today">{messages.emptyAction}</Button>
    </div>
  </div>
)
