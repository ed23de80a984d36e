/** Saying what becomes of a check-in that a share covers. */

import type { CheckIn, DosingSession } from '../api/index.ts'
import { get, put } from '../api/index.ts'

/** The check-in may be read from now on, as it was looked at; its session goes along. */
export const lend = (share_id: string, { id, revision }: CheckIn, session: DosingSession | undefined) =>
  put('/shares/{share_id}/decisions', {
    path: { share_id },
    body: {
      check_ins: [{ id, revision, share: true }],
      sessions: session ? [{ id: session.id, revision: session.revision }] : [],
    },
  })

/** The check-in may not be read from now on. */
export const keepBack = (share_id: string, id: string, revision: number) =>
  put('/shares/{share_id}/decisions', {
    path: { share_id },
    body: { check_ins: [{ id, revision, share: false }], sessions: [] },
  })

/** The same for one that was not looked at: whatever it says now, it is kept back. */
export async function keepBackUnseen(share_id: string, row_id: string): Promise<void> {
  const { data } = await get('/check-ins/{row_id}', { path: { row_id } })
  await keepBack(share_id, data.id, data.revision)
}
