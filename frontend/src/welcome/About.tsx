import words from 'messages/welcome'
import { back } from '../app/router.ts'
import { Screen } from '../elements/index.ts'

/** Who can read what, and what this is not, in plain words. */
export function AboutScreen() {
  return (
    <Screen title={words.about} back={() => back('/')}>
      <p class="lead">{words.promise}</p>
      {words.sections.map((section) => (
        <section class="stack tight" key={section.title}>
          <h2>{section.title}</h2>
          {section.text.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </section>
      ))}
    </Screen>
  )
}
