import words from 'messages/settings'
import { useEffect, useState } from 'preact/hooks'
import { Problem, type Settings } from '../api/index.ts'
import { changeSettings, type Kept, loadSettings, mySettings, takeStored } from '../app/mySettings.ts'
import { type Sending, useSending } from '../app/useSending.tsx'
import { Button, Notice } from '../elements/index.ts'
import { keep, letGo, unsaved } from '../unsaved/index.ts'

export interface SettingsForm<Draft> {
  draft: Draft | undefined
  edit: (changes: Partial<Draft>) => void
  save: () => void
  saved: boolean
  sending: Sending
  /** The settings could not be read; `again` asks anew. */
  unread: unknown
  again: () => void
  /** Another device changed them meanwhile: which to keep is the person's choice. */
  conflict: Problem | undefined
  keepMine: () => void
  takeOther: () => void
}

/** A form over some of the settings. What was typed outlives a look at another screen, and is saved when asked. */
export function useSettingsForm<Draft extends object>(
  name: string,
  read: (values: Settings) => Draft,
  write: (draft: Draft) => Partial<Settings>,
): SettingsForm<Draft> {
  const key = `settings/${name}`
  const sending = useSending()
  const [saved, setSaved] = useState(false)
  const [unread, setUnread] = useState<unknown>()
  const stored = mySettings.value
  const draft = unsaved<Draft>(key) ?? (stored && read(stored.values))
  const load = () => {
    setUnread(undefined)
    loadSettings().catch(setUnread)
  }
  useEffect(() => {
    if (!unsaved(key)) load()
  }, [])
  const conflict =
    sending.failure instanceof Problem && sending.failure.is('changed-elsewhere')
      ? sending.failure
      : undefined
  const send = async () => {
    if (!draft || !(await sending.run(async () => changeSettings(write(draft))))) return
    letGo(key)
    setSaved(true)
  }
  const settle = (then: (stored: Kept) => void) => () => {
    if (conflict) then(takeStored(conflict))
    sending.clear()
  }
  return {
    draft,
    edit: (changes) => {
      setSaved(false)
      if (draft) keep(key, { ...draft, ...changes })
    },
    save: send,
    saved,
    sending,
    unread,
    again: load,
    conflict,
    keepMine: settle(send),
    takeOther: settle(() => letGo(key)),
  }
}

/** Offers both when the settings were changed on another device. */
export function Conflict<Draft>({ of }: { of: SettingsForm<Draft> }) {
  return (
    <Notice amber title={words.conflict}>
      <p>{words.conflictDetail}</p>
      <div class="row">
        <Button onClick={of.keepMine}>{words.keepMine}</Button>
        <Button onClick={of.takeOther}>{words.takeOther}</Button>
      </div>
    </Notice>
  )
}
