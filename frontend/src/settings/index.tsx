/** What a person sets, and the account itself. */
import type { ComponentType } from 'preact'
import { isTherapist } from '../app/owner.ts'
import type { ScreenRoute } from '../app/routes.ts'
import { DisplayNameScreen } from './DisplayName.tsx'
import { HoldScreen } from './Hold.tsx'
import { Missing } from './Missing.tsx'
import { PasswordScreen } from './Password.tsx'
import { PeopleScreen } from './People.tsx'
import { RecoveryCodePart } from './RecoveryCode.tsx'
import { RemovalScreen } from './Removal.tsx'
import { SecondFactorPart } from './SecondFactor.tsx'
import { SignInsScreen } from './SignIns.tsx'
import { UsualScreen } from './Usual.tsx'

export { SettingsScreen } from './Settings.tsx'

const PATIENTS: Record<string, ComponentType> = {
  people: PeopleScreen,
  usual: UsualScreen,
  hold: HoldScreen,
}
const THERAPISTS: Record<string, ComponentType> = {
  name: DisplayNameScreen,
  'second-factor': SecondFactorPart,
}
const PARTS: Record<string, ComponentType> = {
  'sign-ins': SignInsScreen,
  password: PasswordScreen,
  'recovery-code': RecoveryCodePart,
  delete: RemovalScreen,
}

/** One part of the settings, by its address. */
export function PartScreen({ parameters }: ScreenRoute) {
  const part = parameters.part ?? ''
  const Part = PARTS[part] ?? (isTherapist() ? THERAPISTS : PATIENTS)[part] ?? Missing
  return <Part />
}
