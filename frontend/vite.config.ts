import { defineConfig } from 'vite'
import { messages } from './scripts/messages.ts'

export default defineConfig({
  plugins: [messages()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  json: { stringify: true },
  build: {
    // The content security policy knows no data: addresses, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': process.env.SHORELINE_ORIGIN ?? 'http://localhost:8000' } },
})
