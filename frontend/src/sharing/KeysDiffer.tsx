import words from 'messages/sharing'
import { Button, Notice } from '../elements/index.ts'
import { fill } from '../text.ts'

/** The keys published for somebody are not those that were kept. */
export function KeysDiffer({ name, look }: { name: string; look?: boolean }) {
  return (
    <Notice amber still title={fill(words.differs.title, { name })}>
      <p>{fill(words.differs.detail, { name })}</p>
      <p>{fill(words.differs.next, { name })}</p>
      {look && (
        <div class="row">
          <Button href="/sharing">{words.differs.look}</Button>
        </div>
      )}
    </Notice>
  )
}
