// A second opinion on FHIR R4: one bundle a line on standard input, one list of faults a line on standard output.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const { Fhir } = createRequire(new URL('../../frontend/package.json', import.meta.url))('fhir')
const fhir = new Fhir()
for await (const line of createInterface({ input: process.stdin })) {
  const { messages } = fhir.validate(JSON.parse(line), { errorOnUnexpected: true })
  console.log(JSON.stringify(messages.filter(({ severity }) => severity === 'error' || severity === 'fatal')))
}
