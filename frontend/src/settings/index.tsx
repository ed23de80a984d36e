import type { ScreenRoute } from '../app/routes.ts'
import { Screen } from '../elements/index.ts'

export function SettingsScreen(_: ScreenRoute) {
  return <Screen title="…">{null}</Screen>
}

export function SignInsScreen(_: ScreenRoute) {
  return <Screen title="…">{null}</Screen>
}
