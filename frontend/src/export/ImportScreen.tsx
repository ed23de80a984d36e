import words from 'messages/export'
import settings from 'messages/settings'
import { useRef } from 'preact/hooks'
import type { ScreenRoute } from '../app/routes.ts'
import { ToMend, useSending } from '../app/useSending.tsx'
import { Button, Choice, Screen } from '../elements/index.ts'
import { fill, plural } from '../text.ts'
import { type Bringing, bringing, choose, FILE_MOST, look, SOURCES, startAnew } from './bringing.ts'
import { Imports } from './Imports.tsx'
import { PreviewScreen } from './Preview.tsx'
import { countsOf, sizeOf } from './say.ts'
import { Fault, Trouble } from './Trouble.tsx'
import { Zone } from './Zone.tsx'

const { bring } = words

/** Bringing a journal in: whose file it is, then a look at what it would bring. */
export function ImportScreen(_: ScreenRoute) {
  const now = bringing.value
  if (now.preview) return <PreviewScreen key="preview" preview={now.preview} />
  if (now.imported) return <Done key="done" imported={now.imported} />
  return <ChooseScreen key="choose" now={now} />
}

function ChooseScreen({ now }: { now: Bringing }) {
  const { source, moodScale, file } = now
  const sending = useSending()
  const action = source && file && (
    <Button kind="primary" full busy={sending.busy} onClick={() => sending.run(look)}>
      {bring.look}
    </Button>
  )
  return (
    <Screen title={bring.title} back="/settings" backLabel={settings.title} action={action}>
      <p class="lead">{bring.lead}</p>
      <Choice
        legend={bring.from}
        value={source}
        onChange={(from) => {
          sending.clear()
          choose({ source: from })
        }}
        options={SOURCES.map((id) => ({ id, ...bring.sources[id] }))}
      />
      {source && source !== 'shoreline' && <Zone />}
      {source === 'bearable' && (
        <Choice
          legend={bring.moodScale}
          beside
          value={String(moodScale ?? '')}
          onChange={(most) => choose({ moodScale: most === '' ? undefined : (Number(most) as 5 | 10) })}
          options={['5', '10', ''].map((id) => ({ id, label: id || bring.moodUnknown }))}
        />
      )}
      {source && <FileField file={file} sending={sending} />}
      <Trouble of={sending.failure} otherwise={bring.notReached} />
      <Imports />
    </Screen>
  )
}

/** The system's own way to a file. What was chosen stays chosen, which a bare field of the browser would not say. */
function FileField({ file, sending }: { file: Bringing['file']; sending: ReturnType<typeof useSending> }) {
  const input = useRef<HTMLInputElement>(null)
  const take = (chosen: File | undefined) =>
    chosen &&
    sending.run(async () => {
      if (chosen.size > FILE_MOST) throw new ToMend({ '#/file': bring.tooLarge })
      choose({ file: { name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) } })
    })
  return (
    <div class="stack tight">
      {file && <p>{fill(bring.chosen, { name: file.name, size: sizeOf(file.bytes.length) })}</p>}
      <div>
        <Button busy={sending.busy} onClick={() => input.current?.click()}>
          {file ? bring.chooseOther : bring.chooseFile}
        </Button>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        onChange={(event) => {
          take(event.currentTarget.files?.[0])
          // The same file, once it was mended, is a choice again.
          event.currentTarget.value = ''
        }}
      />
      <Fault>{sending.fault('#/file')}</Fault>
    </div>
  )
}

function Done({ imported }: { imported: NonNullable<Bringing['imported']> }) {
  const { import_id, already, preview } = imported
  const gone = import_id !== undefined && bringing.value.undone?.id === import_id
  return (
    <Screen title={gone ? bring.takenOut : bring.done} back="/settings" backLabel={settings.title}>
      {!gone && (
        <div class="stack tight" role="status">
          <p class="lead">{fill(bring.kept, { what: countsOf(preview, bring).join(', ') })}</p>
          {already > 0 && <p>{plural(bring.already, already)}</p>}
        </div>
      )}
      <div class="row">
        <Button href="/sessions">{bring.toJournal}</Button>
        <Button onClick={startAnew}>{bring.another}</Button>
      </div>
      <Imports />
    </Screen>
  )
}
