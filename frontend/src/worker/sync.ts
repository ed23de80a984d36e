import { deliver, isDue, livingTabs, sendToServer } from '../offline/delivering.ts'
import { within } from '../offline/store.ts'

/** Sends what a page left behind: of whoever is signed in, or else of the current pairing. An error asks the browser
 * to wake the worker again. */
export async function sendLeftovers(): Promise<void> {
  const [pairing, items] = await within('readonly', async (at) => {
    const now = await at.state.get('now')
    return [now && (await at.pairings.get(now.owner ?? now.current)), await at.items.all()] as const
  })
  if (!pairing) return
  const tabs = await livingTabs()
  for (const item of items.filter((each) => isDue(each, pairing, tabs))) {
    const outcome = await deliver(item, pairing, sendToServer)
    if (outcome.is === 'later') throw new Error(outcome.is)
    if (outcome.is === 'dropped') break
  }
  new BroadcastChannel('outbox').postMessage('')
}
