import common from 'messages/common'
import { Screen } from '../elements/index.ts'

export function Missing() {
  return (
    <Screen title={common.notHere} back="/settings">
      <p>{common.notHereDetail}</p>
    </Screen>
  )
}
