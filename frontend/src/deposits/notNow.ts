/** What was answered with "Not now": remembered in this browser as a bare flag. */
import { signal } from '@preact/signals'
import type { Proposal } from './say.ts'

type Put = Exclude<Proposal, 'lost'>

const FLAGS: Record<Put, string> = {
  keep: 'this-phone-not-now',
  cleared: 'this-phone-cleared-not-now',
}

const flagged = (Object.keys(FLAGS) as Put[]).filter((what) => localStorage.getItem(FLAGS[what]))

export const notNow = signal<readonly Proposal[]>(flagged)

export function putOff(what: Put): void {
  notNow.value = [...notNow.peek(), what]
  localStorage.setItem(FLAGS[what], '1')
}
