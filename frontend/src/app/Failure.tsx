import common from 'messages/common'
import { Problem, Unreachable } from '../api/index.ts'
import { Button, Notice } from '../elements/index.ts'
import { fill, plural } from '../text.ts'

/** Says what went wrong, and offers to try again where that can help. What can be fetched again was being read: then
 * nothing waits to be sent, and the words do not say so. */
export function Failure({ of, again }: { of: unknown; again?: () => void }) {
  const unread = again && of instanceof Unreachable
  const [title, detail] = unread ? [common.noConnection, common.noConnectionDetail] : explain(of)
  const wait = waiting(of)
  return (
    <Notice amber title={title}>
      <p>{detail}</p>
      {wait && <p>{wait}</p>}
      {again && (
        <div class="row">
          <Button onClick={again}>{common.tryAgain}</Button>
        </div>
      )}
    </Notice>
  )
}

/** A title and a sentence for a failure of any kind. */
export function explain(failure: unknown): [title: string, detail: string] {
  if (failure instanceof Unreachable) return [common.unreachable, common.unreachableDetail]
  if (failure instanceof Problem && failure.title) return [failure.title, failure.detail]
  return [common.wentWrong, common.wentWrongDetail]
}

/** When trying again makes sense; waits of a day are told in the problem's own words. */
function waiting(failure: unknown): string | undefined {
  const seconds = failure instanceof Problem ? failure.retryAfter : undefined
  if (seconds === undefined || seconds >= 86_400) return undefined
  const span =
    seconds < 90
      ? plural(common.seconds, Math.max(1, Math.ceil(seconds)))
      : plural(common.minutes, Math.ceil(seconds / 60))
  return fill(common.tryAgainIn, { span })
}
