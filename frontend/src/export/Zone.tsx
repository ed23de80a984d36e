import words from 'messages/export'
import { Problem } from '../api/index.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { changeSettings, loadSettings, mySettings } from '../app/mySettings.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import { Button } from '../elements/index.ts'
import { deviceZone } from '../elements/when.ts'
import { fill } from '../text.ts'

const { bring } = words

/** Tables of others tell times without a zone: it is said which they are read in, before anything is. */
export function Zone() {
  const loaded = useLoaded(loadSettings)
  return <Loaded of={loaded}>{() => <Told zone={mySettings.value?.values.time_zone} />}</Loaded>
}

function Told({ zone }: { zone: string | undefined }) {
  const sending = useSending()
  const take = () =>
    sending.run(async () => {
      try {
        await changeSettings({ time_zone: deviceZone() })
      } catch (failure) {
        if (failure instanceof Problem && failure.is('changed-elsewhere')) await loadSettings()
        throw failure
      }
    })
  if (zone) {
    return (
      <p>
        {fill(bring.zone, { zone: zone.replaceAll('_', ' ') })}{' '}
        <a href="/settings/usual">{bring.zoneChange}</a>
      </p>
    )
  }
  return (
    <div class="stack tight">
      <p>{bring.noZone}</p>
      <div class="row">
        <Button busy={sending.busy} onClick={take}>
          {deviceZone().replaceAll('_', ' ')}
        </Button>
        <Button kind="plain" href="/settings/usual">
          {bring.zoneOther}
        </Button>
      </div>
      <FormFailure of={sending} />
    </div>
  )
}
