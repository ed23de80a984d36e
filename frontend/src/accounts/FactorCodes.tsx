import words from 'messages/accounts'
import { home } from '../app/doors.ts'
import { download } from '../app/download.ts'
import { owner } from '../app/owner.ts'
import { go } from '../app/router.ts'
import { Button, Notice, Screen } from '../elements/index.ts'
import { fill } from '../text.ts'
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
      <p class="only-printed">{title}</p>
      <div class="row not-printed">
        <Button
          icon="save"
          onClick={() => download(words.factorCodesFile, `${title}\n\n${codes.join('\n')}\n`)}
        >
          {words.codeDownload}
        </Button>
        <Button icon="print" onClick={() => print()}>
          {words.codePrint}
        </Button>
      </div>
      <Notice still amber title={words.codeOnce}>
        {words.factorCodesOnce}
      </Notice>
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
