/** Who you are: signing up, signing in, the recovery code. */
export { RecoverScreen } from './Recover.tsx'
export { RecoveryCodeScreen } from './RecoveryCode.tsx'
export { SignInScreen } from './SignIn.tsx'
export { SignInSheet } from './SignInSheet.tsx'
export { SignUpScreen } from './SignUp.tsx'
