import type { ScreenRoute } from '../app/routes.ts'
import { Screen } from '../elements/index.ts'

export function TrendsScreen(_: ScreenRoute) {
  return <Screen title="…">{null}</Screen>
}

export function CompareScreen(_: ScreenRoute) {
  return <Screen title="…">{null}</Screen>
}
