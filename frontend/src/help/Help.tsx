import words from 'messages/help'
import { useEffect, useState } from 'preact/hooks'
import type { RegionId } from '../api/index.ts'
import { Failure } from '../app/Failure.tsx'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { loadSettings, mySettings } from '../app/mySettings.ts'
import { isTherapist, owner } from '../app/owner.ts'
import { back } from '../app/router.ts'
import { type Catalogue, type Line, loadCatalogue } from '../catalogue/index.ts'
import { Button, Screen } from '../elements/index.ts'
import { fill } from '../text.ts'
import { type People, peopleIn, phonePeople } from './phone.ts'
import { guessRegion, RegionField } from './RegionField.tsx'

/** One tap from everywhere: the patient's own person first, then the clinic, then a crisis line. */
export function HelpScreen() {
  const catalogue = useLoaded(loadCatalogue)
  const [unread, setUnread] = useState<unknown>()
  const patient = Boolean(owner.value) && !isTherapist()
  useEffect(() => {
    if (patient && !mySettings.peek()) loadSettings().catch(setUnread)
  }, [patient])
  const settings = patient ? mySettings.value : undefined
  const people = settings ? peopleIn(settings.values) : phonePeople()
  return (
    <Screen title={words.title} back={() => back('/')} help={false}>
      <p class="lead">{words.lead}</p>
      <Loaded of={catalogue}>{(found) => <Numbers catalogue={found} people={people} />}</Loaded>
      {unread !== undefined && !people && <Failure of={unread} />}
    </Screen>
  )
}

function Numbers({ catalogue, people = {} }: { catalogue: Catalogue; people?: People }) {
  const { regions } = catalogue.help
  const [chosen, choose] = useState<RegionId | undefined>()
  const id = chosen ?? people.region ?? guessRegion(regions)
  const region = regions.find((one) => one.id === id)
  const { own_contact: own, clinic } = people
  return (
    <>
      <section class="stack" aria-label={words.people}>
        {own && <Call primary label={fill(words.callOwn, { name: own.name })} number={own.phone} />}
        {clinic && (
          <Call primary={!own} label={fill(words.callClinic, { name: clinic.name })} number={clinic.phone} />
        )}
        {!own && !clinic && !isTherapist() && (
          <p class="soft">{owner.value ? <SetPeople /> : words.noPeople}</p>
        )}
      </section>
      <section class="stack">
        <h2>{words.crisis}</h2>
        {region?.lines.map((line) => (
          <Crisis key={line.name} line={line} />
        ))}
        {region?.emergency.map((number) => (
          <Call key={number} label={words.emergency} number={number} />
        ))}
        {!region && <p>{words.chooseRegion}</p>}
        <RegionField regions={regions} value={id} onChange={choose} />
      </section>
      <section class="stack">
        <h2>{words.safety}</h2>
        <ul class="stack tight">
          {catalogue.safety
            .filter((item) => item.shown.includes('help'))
            .map((item) => (
              <li key={item.id}>{item.text}</li>
            ))}
        </ul>
        <p class="soft small">{words.notWatched}</p>
      </section>
    </>
  )
}

function SetPeople() {
  return (
    <>
      {words.noPeopleYet} <a href="/settings/people">{words.setPeople}</a>
    </>
  )
}

function Crisis({ line }: { line: Line }) {
  return (
    <div class="stack tight">
      {line.tel && <Call label={fill(words.callLine, { name: line.name })} number={line.tel} />}
      {line.sms && (
        <Button full icon="message" href={`sms:${line.sms}`}>
          {fill(words.textLine, { name: line.name, number: line.sms })}
        </Button>
      )}
    </div>
  )
}

function Call({ label, number, primary }: { label: string; number: string; primary?: boolean }) {
  return (
    <Button
      full
      kind={primary ? 'primary' : 'quiet'}
      icon="call"
      href={`tel:${number.replace(/[^\d+*#]/g, '')}`}
    >
      {label} · <span class="number">{number}</span>
    </Button>
  )
}
