import { useState } from 'preact/hooks'
import { Problem } from '../api/index.ts'
import { Failure } from './Failure.tsx'

/** What is to be mended before anything is sent, by the same pointers the server uses. */
export class ToMend extends Error {
  readonly faults: ReadonlyMap<string, string>
  constructor(faults: Record<string, string>) {
    super()
    this.faults = new Map(Object.entries(faults))
  }
}

export interface Sending {
  busy: boolean
  failure: unknown
  /** The sentence for a field: `fault('#/password')`. */
  fault: (pointer: string) => string | undefined
  /** Runs one request; answers whether it went through. A second call while it runs does nothing. */
  run: (task: () => Promise<unknown>) => Promise<boolean>
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
      setTimeout(showFault)
      return false
    } finally {
      setBusy(false)
    }
  }
  return {
    busy,
    failure,
    fault: (pointer) => faultsOf(failure)?.get(pointer),
    run,
    clear: () => setFailure(undefined),
  }
}

/** The failure of a form as a whole. What is marked at its fields is not said twice. */
export function FormFailure({ of }: { of: Sending }) {
  if (of.failure === undefined || faultsOf(of.failure)?.size) return null
  return <Failure of={of.failure} />
}

function faultsOf(failure: unknown): ReadonlyMap<string, string> | undefined {
  return failure instanceof Problem || failure instanceof ToMend ? failure.faults : undefined
}

/** Takes the person to the first thing to mend. */
function showFault(): void {
  document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
}
