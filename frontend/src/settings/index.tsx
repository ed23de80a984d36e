/** What a person sets, and the account itself. */
import type { ComponentType } from 'preact'
import type { ScreenRoute } from '../app/routes.ts'
import { HoldScreen } from './Hold.tsx'
import { Missing } from './Missing.tsx'
import { PasswordScreen } from './Password.tsx'
import { PeopleScreen } from './People.tsx'
import { RecoveryCodePart } from './RecoveryCode.tsx'
import { RemovalScreen } from './Removal.tsx'
import { SignInsScreen } from './SignIns.tsx'
import { UsualScreen } from './Usual.tsx'

export { SettingsScreen } from './Settings.tsx'

const PARTS: Record<string, ComponentType> = {
  people: PeopleScreen,
  usual: UsualScreen,
  hold: HoldScreen,
  'sign-ins': SignInsScreen,
  password: PasswordScreen,
  'recovery-code': RecoveryCodePart,
  delete: RemovalScreen,
}

/** One part of the settings, by its address. */
export function PartScreen({ parameters }: ScreenRoute) {
  const Part = PARTS[parameters.part ?? ''] ?? Missing
  return <Part />
}
