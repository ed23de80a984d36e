import words from 'messages/sharing'
import { useLoaded } from '../app/Loaded.tsx'
import { weekdayAndTime } from '../elements/when.ts'
import { fetchWaiting } from '../sharing/data.ts'
import { awaiting } from '../sharing/ready.ts'
import { listed } from '../sharing/say.ts'
import { fill } from '../text.ts'

/** Says, after the screen is there, that a check-in waits to be shared: re-reading it alone shares nothing. */
export function GoesOn({ checkIn }: { checkIn: string }) {
  const { data } = useLoaded(fetchWaiting)
  const awaits = data && awaiting(data, checkIn)
  if (!awaits) return null
  const { names, heldUntil, address } = awaits
  const said = fill(heldUntil ? words.goesOn.held : words.goesOn.one, {
    names: listed(names),
    time: heldUntil ? weekdayAndTime(heldUntil) : '',
  })
  return (
    <p class="soft">
      {said} {!heldUntil && <a href={address}>{words.goesOn.look}</a>}
    </p>
  )
}

/** The same for all that are to be re-read. */
export function SomeGoOn() {
  const { data } = useLoaded(fetchWaiting)
  const names = data?.flatMap(({ reviewer, check_ins }) =>
    check_ins.some(({ to_reread }) => to_reread) ? [reviewer] : [],
  )
  if (!names?.length) return null
  return (
    <p class="soft">
      {fill(words.goesOn.list, { names: listed([...new Set(names)]) })}{' '}
      <a href="/sharing/waiting">{words.goesOn.look}</a>
    </p>
  )
}
