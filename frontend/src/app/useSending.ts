import { useState } from 'preact/hooks'
import { Problem } from '../api/index.ts'

export interface Sending {
  busy: boolean
  failure: unknown
  /** The server's sentence for a field: `fault('#/password')`. */
  fault: (pointer: string) => string | undefined
  /** Runs one request; answers whether it went through. */
  run: (task: () => Promise<unknown>) => Promise<boolean>
  /** Puts the words of the last failure away. */
  clear: () => void
}

/** One request at a time of a form: whether it is under way, and what came of it. */
export function useSending(): Sending {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const run = async (task: () => Promise<unknown>) => {
    if (busy) return false
    setBusy(true)
    setFailure(undefined)
    try {
      await task()
      return true
    } catch (caught) {
      setFailure(caught)
      return false
    } finally {
      setBusy(false)
    }
  }
  const fault = (pointer: string) => (failure instanceof Problem ? failure.faults.get(pointer) : undefined)
  return { busy, failure, fault, run, clear: () => setFailure(undefined) }
}
