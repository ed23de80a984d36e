/** Every screen around a journal: who you are, settings, help and welcome. */
export * from './accounts/index.tsx'
export * from './help/index.tsx'
export * from './settings/index.tsx'
export * from './welcome/index.tsx'
