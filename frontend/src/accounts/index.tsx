import type { ScreenRoute } from '../app/routes.ts'
import { Screen } from '../elements/index.ts'

export function SignUpScreen(_: ScreenRoute) {
  return <Screen title="…">{null}</Screen>
}

export function SignInScreen(_: ScreenRoute) {
  return <Screen title="…">{null}</Screen>
}

export function RecoverScreen(_: ScreenRoute) {
  return <Screen title="…">{null}</Screen>
}

export function RecoveryCodeScreen(_: ScreenRoute) {
  return <Screen title="…">{null}</Screen>
}

export function SignInSheet(_: ScreenRoute) {
  return <Screen title="…">{null}</Screen>
}
