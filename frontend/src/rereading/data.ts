/** What is still to be re-read. */
import { get, type NotReread, type Rereading } from '../api/index.ts'
import { weekdayAndTime } from '../elements/when.ts'
import { fill } from '../text.ts'

export const fetchRereading = async (): Promise<Rereading> => (await get('/rereading')).data

/** "Not yet re-read", and from when on it can be while the hold runs. */
export const markOf = ({ open, held_until }: NotReread, words: { mark: string; markFrom: string }): string =>
  open ? words.mark : fill(words.markFrom, { time: weekdayAndTime(held_until) })
