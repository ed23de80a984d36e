import type { ScreenRoute } from '../app/routes.ts'
import { Screen } from '../elements/index.ts'

export function SessionsScreen(_: ScreenRoute) {
  return <Screen title="…">{null}</Screen>
}

export function SessionScreen(_: ScreenRoute) {
  return <Screen title="…">{null}</Screen>
}

export function CheckInPage(_: ScreenRoute) {
  return <Screen title="…">{null}</Screen>
}
