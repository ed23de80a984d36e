/** Leaving with everything, and coming in with it. */
export { ExportScreen } from './ExportScreen.tsx'
export { ImportScreen } from './ImportScreen.tsx'
