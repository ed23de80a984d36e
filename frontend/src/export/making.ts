/** The file that is being made. It goes on while another screen is looked at, and goes with whoever signs out. */
import { effect, signal } from '@preact/signals'
import { ask, Problem } from '../api/index.ts'
import { download, nameOf, neutral } from '../app/download.ts'
import { owner } from '../app/owner.ts'
import type { Bytes } from '../offline/bytes.ts'
import { type Asked, type Draft, type Format, fresh } from './draft.ts'
import { Framed, type Step } from './framing.ts'

export type Making =
  | { is: 'chosen'; failure?: unknown; stopped?: true }
  | { is: 'made'; name: string; size: number }
  | { is: 'making'; format: Format; received: number; step?: Step }

export const draft = signal<Draft>(fresh)
export const making = signal<Making>({ is: 'chosen' })

export const choose = (changes: Partial<Draft>): void => {
  draft.value = { ...draft.peek(), ...changes }
}

let stopper: AbortController | undefined
let whose: string | undefined

// Whoever signs in next finds nothing of the one before.
effect(() => {
  const id = owner.value?.id
  if (id === whose) return
  whose = id
  stopper?.abort()
  draft.value = fresh
  making.value = { is: 'chosen' }
})

export function stop(): void {
  stopper?.abort()
  making.value = { is: 'chosen', stopped: true }
}

export const another = (): void => {
  making.value = { is: 'chosen' }
}

/** Answers of the server that take less are not worth another screen. */
const QUICK_MS = 500

/** Asks for a file and hands it to the browser. What the server refuses is thrown. */
export async function make(asked: Asked): Promise<void> {
  stopper?.abort()
  const mine = new AbortController()
  stopper = mine
  making.value = { is: 'chosen' }
  const begin = () => {
    if (stopper === mine && making.peek().is === 'chosen')
      making.value = { is: 'making', format: asked.format, received: 0 }
  }
  const slow = setTimeout(begin, QUICK_MS)
  try {
    const { signal } = mine
    const response = await ask('post', '/exports', { body: asked, signal })
    begin()
    const { name, file } = await (asked.progress ? framed : streamed)(response, asked.format, mine)
    if (signal.aborted) return
    download(name, file)
    making.value = { is: 'made', name, size: file.size }
  } catch (failure) {
    if (mine.signal.aborted) return
    // For want of the password it is asked for, and nothing has failed.
    const asks = failure instanceof Problem && failure.is('step-up-needed')
    making.value = asks ? { is: 'chosen' } : { is: 'chosen', failure }
    throw failure
  } finally {
    clearTimeout(slow)
  }
}

interface Made {
  name: string
  file: Blob
}

const EXTENSIONS: Record<Format, string> = { pdf: 'pdf', csv: 'zip', json: 'json', fhir: 'json' }

async function streamed(response: Response, format: Format, mine: AbortController): Promise<Made> {
  const parts: Bytes[] = []
  let received = 0
  for await (const part of piecesOf(response)) {
    parts.push(part)
    received += part.length
    tell(mine, received)
  }
  const type = response.headers.get('Content-Type') ?? ''
  const name = nameOf(response, EXTENSIONS[format])
  return { name, file: new Blob(parts, { type }) }
}

async function framed(response: Response, format: Format, mine: AbortController): Promise<Made> {
  const frames = new Framed((step) => tell(mine, 0, step))
  for await (const piece of piecesOf(response)) {
    frames.take(piece)
    if (frames.received) tell(mine, frames.received)
  }
  const { name, file } = frames.whole()
  return { name: neutral(name, EXTENSIONS[format]), file }
}

/** Not every browser can walk through a stream by itself. */
async function* piecesOf({ body }: Response): AsyncGenerator<Bytes> {
  const reader = body?.getReader()
  for (;;) {
    const next = await reader?.read()
    if (!next || next.done) return
    yield next.value
  }
}

function tell(mine: AbortController, received: number, step?: Step): void {
  const now = making.peek()
  if (stopper !== mine || now.is !== 'making') return
  making.value = { ...now, received, step: step ?? now.step }
}
