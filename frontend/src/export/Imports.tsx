import words from 'messages/export'
import { useState } from 'preact/hooks'
import { Backups } from '../app/Backups.tsx'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { useSending } from '../app/useSending.tsx'
import { Button, Dialog, Notice } from '../elements/index.ts'
import { dayAndTime } from '../elements/when.ts'
import { fill, plural } from '../text.ts'
import { bringing, fetchImports, type Import, undo } from './bringing.ts'
import { undoneOf } from './say.ts'
import { Trouble } from './Trouble.tsx'

const { bring } = words

/** What was brought in before, the latest first; each can be taken out again. */
export function Imports() {
  const list = useLoaded(fetchImports)
  const { undone } = bringing.value
  const [asking, setAsking] = useState<Import>()
  return (
    <section class="stack tight">
      <h2>{bring.before}</h2>
      {undone && (
        <Notice>
          <p>{undoneOf(undone.removed, undone.stayed, bring)}</p>
        </Notice>
      )}
      <Loaded of={list}>
        {(imports) =>
          imports.length ? (
            <ul class="list plain">
              {imports.map((one) => (
                <Row key={one.id} one={one} onUndo={() => setAsking(one)} />
              ))}
            </ul>
          ) : (
            <p class="soft">{bring.none}</p>
          )
        }
      </Loaded>
      {asking && (
        <Sure
          one={asking}
          onClose={() => setAsking(undefined)}
          onDone={() => {
            setAsking(undefined)
            list.again()
          }}
        />
      )}
    </section>
  )
}

const whenOf = ({ made_at }: Import): string => (made_at ? dayAndTime(made_at) : '')

function Row({ one, onUndo }: { one: Import; onUndo: () => void }) {
  if (!one.opens) return <li class="list-link soft">{bring.doesNotOpen}</li>
  const source = bring.names[one.from as keyof typeof bring.names] ?? one.from
  return (
    <li class="list-link">
      <span>
        {source}, {plural(bring.broughtIn, one.kept ?? 0)}
        <span class="soft below"> {whenOf(one)}</span>
      </span>
      <Button onClick={onUndo} label={fill(bring.undoOf, { source: source ?? '', when: whenOf(one) })}>
        {bring.undo}
      </Button>
    </li>
  )
}

interface SureProps {
  one: Import
  onClose: () => void
  onDone: () => void
}

function Sure({ one, onClose, onDone }: SureProps) {
  const sending = useSending()
  const go = () =>
    sending.run(async () => {
      await undo(one.id)
      onDone()
    })
  return (
    <Dialog title={bring.undoTitle} open onClose={onClose} closeLabel={null}>
      <p>{bring.undoDetail}</p>
      <p class="soft">
        <Backups of="row" />
      </p>
      <Trouble of={sending.failure} otherwise={bring.notReached} />
      <div class="stack tight">
        <Button full onClick={onClose}>
          {bring.keepIt}
        </Button>
        <Button kind="amber" full busy={sending.busy} onClick={go}>
          {bring.undo}
        </Button>
      </div>
    </Dialog>
  )
}
