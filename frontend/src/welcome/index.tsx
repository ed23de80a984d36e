import type { ScreenRoute } from '../app/routes.ts'
import { Screen } from '../elements/index.ts'

export function WelcomeScreen(_: ScreenRoute) {
  return <Screen title="…">{null}</Screen>
}

export function AboutScreen(_: ScreenRoute) {
  return <Screen title="…">{null}</Screen>
}
