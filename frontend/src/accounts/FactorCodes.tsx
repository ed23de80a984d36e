import words from 'messages/accounts'
import { home } from '../app/doors.ts'
import { owner } from '../app/owner.ts'
import { go } from '../app/router.ts'
import { Button, Screen } from '../elements/index.ts'
import { fill } from '../text.ts'
import { Copies } from './Copies.tsx'
import { dropFactorCodes, heldFactorCodes } from './freshCode.ts'

/** The ten recovery codes of a second factor, told once. */
export function FactorCodesScreen() {
  const codes = heldFactorCodes()
  if (!codes) return <Gone />
  const title = fill(words.factorCodesPrinted, { name: owner.value?.login_name ?? '' })
  const done = () => {
    dropFactorCodes()
    go(home(), { instead: true })
  }
  const action = (
    <Button kind="primary" full onClick={done}>
      {words.factorCodesKept}
    </Button>
  )
  return (
    <Screen title={words.factorCodesTitle} action={action}>
      <p>{words.factorCodesWhy}</p>
      <ol class="code lines plain" translate={false}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <Copies
        title={title}
        code={codes.join('\n')}
        file={words.factorCodesFile}
        lost={words.factorCodesOnce}
      />
    </Screen>
  )
}

/** The page was loaded anew, and the codes with it gone. */
function Gone() {
  const action = (
    <Button kind="primary" full href="/settings/second-factor">
      {words.factorCodesNew}
    </Button>
  )
  return (
    <Screen title={words.factorCodesGone} back="/" action={action}>
      <p>{words.factorCodesGoneDetail}</p>
    </Screen>
  )
}
