import { defineConfig, type Plugin } from 'vite'
import { messages } from './scripts/messages.ts'

/** The sealing library would import Node's crypto where there were none: every browser has its own. */
const browsersCrypto: Plugin = {
  name: 'shoreline-crypto',
  transform: (code, id) =>
    id.includes('@hpke')
      ? code.replaceAll('await import("crypto")', '{ webcrypto: globalThis.crypto }')
      : undefined,
}

export default defineConfig({
  plugins: [messages(), browsersCrypto],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    // The content security policy knows no data: addresses, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One style sheet: whole it is smaller than its parts, and no screen waits for its own.
    cssCodeSplit: false,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // The worker lists them all within its 2 KB.
        entryFileNames: 'assets/[hash:8].js',
        chunkFileNames: 'assets/[hash:8].js',
        // A few chunks, each whole, weigh a tenth less than many that each begin their own compression.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /node_modules\/(?!@hpke|uqr)|rolldown\/runtime|src\/(api|app|catalogue|elements|offline|unsaved)\/(?!sealing|Qr)|src\/(text|main)\.tsx?|src\/sessions\/data\.ts|messages/,
            },
            // Sharing tells of sessions in the same words; the journal is there already when anybody looks at it.
            {
              name: 'journal',
              test: /src\/(checkins|deposits|reminders|rereading|sessions|today)\/|src\/sharing\/(data|readers|ready|say|until)\.ts/,
            },
            // Few ever draw one.
            { name: 'qr', test: /node_modules\/uqr|src\/elements\/Qr/ },
            // Only a phone that is kept seals.
            { name: 'sealing', test: /node_modules\/@hpke|src\/offline\/sealing/ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': process.env.SHORELINE_ORIGIN ?? 'http://localhost:8000' } },
})
