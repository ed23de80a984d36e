import type { ComponentChildren } from 'preact'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Unreachable } from '../api/index.ts'
import { Loading } from '../elements/index.ts'
import { Failure } from './Failure.tsx'

export { explain, Failure } from './Failure.tsx'

export interface Fetched<T> {
  data?: T
  failure?: unknown
  again: () => void
  /** Puts in what a later request answered, without asking anew. */
  set: (data: T) => void
}

/** Fetches when the screen opens and whenever one of `from` changes. An answer that comes too late is dropped;
 * what found no connection is fetched when there is one again. */
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
  useLayoutEffect(() => {
    again()
    return () => {
      latest.current++
    }
  }, [again])
  const { failure } = state
  useEffect(() => {
    if (!(failure instanceof Unreachable)) return
    addEventListener('online', again)
    return () => removeEventListener('online', again)
  }, [failure, again])
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
