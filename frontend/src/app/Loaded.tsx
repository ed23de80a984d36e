import common from 'messages/common'
import type { ComponentChildren } from 'preact'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { Problem, Unreachable } from '../api/index.ts'
import { Button, Loading, Notice } from '../elements/index.ts'

export interface Fetched<T> {
  data?: T
  failure?: unknown
  again: () => void
  /** Puts in what a later request answered, without asking anew. */
  set: (data: T) => void
}

/** Fetches when the screen opens and whenever one of `from` changes. An answer that comes too late is dropped. */
export function useLoaded<T>(fetch: () => Promise<T>, from: readonly unknown[] = []): Fetched<T> {
  const [state, setState] = useState<{ data?: T; failure?: unknown }>({})
  const latest = useRef(0)
  const again = useCallback(() => {
    const mine = ++latest.current
    setState(({ data }) => ({ data }))
    fetch().then(
      (data) => mine === latest.current && setState({ data }),
      (failure: unknown) => mine === latest.current && setState(({ data }) => ({ data, failure })),
    )
  }, from)
  useEffect(() => {
    again()
    return () => {
      latest.current++
    }
  }, [again])
  return { ...state, again, set: (data) => setState({ data }) }
}

/** What was fetched; until then a quiet sign of it, or honest words about why not. */
export function Loaded<T>({ of, children }: { of: Fetched<T>; children: (data: T) => ComponentChildren }) {
  return (
    <>
      {of.failure !== undefined && <Failure of={of.failure} again={of.again} />}
      {of.data !== undefined ? children(of.data) : of.failure === undefined && <Loading />}
    </>
  )
}

/** Says what went wrong, and offers to try again where that can help. */
export function Failure({ of, again }: { of: unknown; again?: () => void }) {
  const [title, detail] = explain(of)
  return (
    <Notice amber title={title}>
      <p>{detail}</p>
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
