/** What was answered with "Not now". In this browser a bare flag remains; what was lost is told again in a new tab. */
import { signal } from '@preact/signals'
import type { Proposal } from './say.ts'

const FLAGS: Partial<Record<Proposal, string>> = {
  keep: 'this-phone-not-now',
  cleared: 'this-phone-cleared-not-now',
}

const flagged = (Object.keys(FLAGS) as Proposal[]).filter((what) => localStorage.getItem(FLAGS[what]!))

export const notNow = signal<readonly Proposal[]>(flagged)

export function putOff(what: Proposal): void {
  notNow.value = [...notNow.peek(), what]
  const flag = FLAGS[what]
  if (flag) localStorage.setItem(flag, '1')
}
