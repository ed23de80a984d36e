import type { ComponentChildren } from 'preact'

/** One chart of several below each other. */
export const Part = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <section class="stack">
    <h2>{title}</h2>
    {children}
  </section>
)
