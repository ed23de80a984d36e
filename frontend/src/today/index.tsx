import type { ScreenRoute } from '../app/routes.ts'
import { Screen } from '../elements/index.ts'

export function TodayScreen(_: ScreenRoute) {
  return <Screen title="…">{null}</Screen>
}
