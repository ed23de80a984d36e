/** Who you are: signing up, signing in, the recovery code. */
export { FactorCodesScreen } from './FactorCodes.tsx'
export { RecoverScreen } from './Recover.tsx'
export { RecoveryCodeScreen } from './RecoveryCode.tsx'
export { SecondFactorScreen } from './SecondFactor.tsx'
export { SignInScreen } from './SignIn.tsx'
export { SignInSheet } from './SignInSheet.tsx'
export { SignUpScreen } from './SignUp.tsx'
