import common from 'messages/common'
import { get } from '../api/index.ts'
import { plural } from '../text.ts'
import { useLoaded } from './Loaded.tsx'

/** What backups still hold of an account, or of a row, and for how long, as far as whoever runs this server says so;
 * where nobody does, whom to ask. */
export function Backups({ of }: { of: keyof typeof common.backups }) {
  const { data, failure } = useLoaded(() => get('/backups', { asVisitor: true }))
  if (!data && failure === undefined) return null
  const { days, ask } = common.backups[of]
  const kept = data?.data.kept_days
  return <>{kept === undefined ? ask : plural(days, kept)}</>
}
