import words from 'messages/sharing'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { FormFailure, useSending } from '../app/useSending.tsx'
import type { Catalogue } from '../catalogue/index.ts'
import { Button } from '../elements/index.ts'
import { dayAndTime } from '../elements/when.ts'
import { fill, plural } from '../text.ts'
import { keepBackUnseen } from './deciding.ts'
import type { PartProps } from './ShareScreen.tsx'
import { nameOf } from './say.ts'
import type { LentCheckIn } from './types.ts'

/** Every check-in that can be read, and a way to keep one back. */
export function Readable({ found: { share, catalogue, others }, again }: PartProps) {
  const [kept, setKept] = useState(false)
  const onKept = () => {
    setKept(true)
    again()
  }
  return (
    <section class="stack tight">
      <h2>{words.one.canRead}</h2>
      <div role="status" class="quiet">
        {kept && <p>{words.one.keptBackNow}</p>}
        {kept && others > 0 && (
          <p>{fill(plural(words.one.others, others), { name: nameOf(share, words) })}</p>
        )}
      </div>
      {share.lent_check_ins.length === 0 && <p class="soft">{words.one.nothing}</p>}
      {share.lent_check_ins.length > 0 && (
        <ul class="list plain">
          {share.lent_check_ins.map((row) => (
            <Row key={row.check_in_id} row={row} catalogue={catalogue}>
              <KeepBack share={share.id} row={row} catalogue={catalogue} onKept={onKept} />
            </Row>
          ))}
        </ul>
      )}
    </section>
  )
}

interface KeepBackProps {
  share: string
  row: LentCheckIn
  catalogue: Catalogue
  onKept: () => void
}

function KeepBack({ share, row, catalogue, onKept }: KeepBackProps) {
  const sending = useSending()
  const keep = async () => {
    if (await sending.run(() => keepBackUnseen(share, row.check_in_id))) onKept()
  }
  return (
    <>
      <Button
        busy={sending.busy}
        onClick={keep}
        label={fill(words.one.keepBackOf, { name: labelOf(row, catalogue) })}
      >
        {words.one.keepBack}
      </Button>
      <FormFailure of={sending} />
    </>
  )
}

/** Those that were kept back, and a way to look at one again. */
export function KeptBack({ found: { share, catalogue } }: Pick<PartProps, 'found'>) {
  if (!share.kept_back.length) return null
  return (
    <section class="stack tight">
      <h2>{words.one.keptBack}</h2>
      <ul class="list plain">
        {share.kept_back.map((row) => (
          <Row key={row.check_in_id} row={row} catalogue={catalogue}>
            <Button
              href={`/sharing/waiting/${share.id}/${row.check_in_id}`}
              label={fill(words.one.shareAfterAllOf, { name: labelOf(row, catalogue) })}
            >
              {words.one.shareAfterAll}
            </Button>
          </Row>
        ))}
      </ul>
    </section>
  )
}

const momentOf = ({ moment }: LentCheckIn, { moments }: Catalogue): string =>
  moments.find(({ id }) => id === moment)?.label ?? moment

const labelOf = (row: LentCheckIn, catalogue: Catalogue): string =>
  `${momentOf(row, catalogue)}, ${dayAndTime(row.happened_at)}`

interface RowProps {
  row: LentCheckIn
  catalogue: Catalogue
  children: ComponentChildren
}

function Row({ row, catalogue, children }: RowProps) {
  return (
    <li class="list-link">
      <span>
        <a href={`/check-ins/${row.check_in_id}`}>{momentOf(row, catalogue)}</a>
        <span class="soft below"> {dayAndTime(row.happened_at)}</span>
      </span>
      {children}
    </li>
  )
}
