import words from 'messages/here'
import { START } from '../app/doors.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { loadCatalogue } from '../catalogue/index.ts'
import { Icon, Screen } from '../elements/index.ts'
import { NeedsYou, SignInToRead, WhereTheyAre } from './OnThisPhone.tsx'

/** All moments, for a phone with nobody signed in: which of them are due nobody can know without reading. */
export function WriteScreen() {
  const loaded = useLoaded(loadCatalogue)
  return (
    <Screen title={words.writeTitle} back={START}>
      <NeedsYou />
      <WhereTheyAre />
      <p class="soft">{words.writeDetail}</p>
      <Loaded of={loaded}>
        {({ moments }) => (
          <ul class="list plain">
            {moments.map(({ id, label }) => (
              <li key={id}>
                <a class="list-link" href={`/check-in/${id}`}>
                  <span>{label}</span>
                  <Icon name="on" />
                </a>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <div class="row">
        <SignInToRead />
      </div>
    </Screen>
  )
}
