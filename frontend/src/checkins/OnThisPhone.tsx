import words from 'messages/here'
import { askOwner } from '../app/owner.ts'
import { go } from '../app/router.ts'
import { Button, Notice } from '../elements/index.ts'
import { items, lossSeen, storageLost } from '../offline/index.ts'
import { plural } from '../text.ts'

const DAY_MS = 24 * 3_600_000

/** What this phone holds, for somebody who is not signed in: how many and where they are, never what or whose. */
export function OnThisPhone() {
  return (
    <section class="stack tight" aria-label={words.title}>
      <WhereTheyAre />
      <div class="row">
        <Button kind="plain" href="/write">
          {words.otherMoments}
        </Button>
        <SignInToRead />
      </div>
    </section>
  )
}

/** Nothing where there is nothing. */
export function WhereTheyAre() {
  const count = (wanted: boolean) =>
    items.value.filter(({ state }) => (state === 'delivered') === wanted).length
  const [here, delivered] = [count(false), count(true)]
  return (
    <>
      {here > 0 && <p class="soft">{plural(words.hereCount, here)}</p>}
      {delivered > 0 && <p class="soft">{plural(words.deliveredCount, delivered)}</p>}
    </>
  )
}

/** Whoever could not be asked for before may be signed in after all: then no form is shown. */
export function SignInToRead() {
  const read = () => {
    void askOwner()
    go('/sign-in?to=/today')
  }
  return (
    <Button kind="plain" onClick={read}>
      {words.read}
    </Button>
  )
}

/** What of it needs the patient. */
export function NeedsYou() {
  return (
    <>
      <Lost />
      <Waiting />
    </>
  )
}

/** What has been here for more than a day needs the patient. */
function Waiting() {
  const left = items.value.filter(({ state }) => state !== 'delivered')
  const late = left.filter(({ savedAt }) => Date.now() - savedAt > DAY_MS)
  const dropped = left.some(({ state }) => state === 'dropped')
  const [trouble] = left.flatMap((item) => item.trouble ?? [])
  if (!late.length && !dropped && !trouble) return null
  return (
    <Notice amber still title={late.length ? plural(words.late, late.length) : words.stays}>
      <p>{dropped ? words.lateDropped : trouble ? words[trouble] : words.lateDetail}</p>
    </Notice>
  )
}

function Lost() {
  const lost = storageLost.value
  if (!lost) return null
  return (
    <Notice amber still title={words.lostTitle}>
      <p>{plural(words.lost, lost)}</p>
      <div class="row">
        <Button onClick={() => void lossSeen().catch(() => {})}>{words.lostRead}</Button>
      </div>
    </Notice>
  )
}
