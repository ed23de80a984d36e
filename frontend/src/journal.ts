/** Every screen of a journal: one file, so that the first one asked for does not wait for a second. */
export * from './checkins/index.tsx'
export * from './deposits/index.tsx'
export * from './reminders/index.tsx'
export * from './rereading/index.tsx'
export * from './sessions/index.tsx'
export * from './today/index.tsx'
