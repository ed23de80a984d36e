/** A file on its way: lines of JSON tell how far it is, one more tells what it is, and then it comes. Pure. */
import { Problem } from '../api/problem.ts'
import { type Bytes, joined } from '../offline/bytes.ts'

export interface Step {
  done: number
  of: number
  step: string
}

interface Head {
  bytes: number
  media: string
  name: string
}

/** It cannot be made after all. */
interface Refusal {
  problem: Record<string, unknown> & { status: number }
}

/** What came was not whole. */
export class BrokenOff extends Error {}

const LINE_END = 10
const LINE_MOST = 10_000

export class Framed {
  private line: Bytes = new Uint8Array()
  private head: Head | undefined
  private readonly parts: Bytes[] = []
  /** Bytes of the file itself that are here. */
  received = 0
  private readonly onStep: (step: Step) => void

  constructor(onStep: (step: Step) => void) {
    this.onStep = onStep
  }

  /** Takes the next piece, however it was cut on the way. */
  take(piece: Bytes): void {
    let rest = piece
    while (!this.head && rest.length) rest = this.readLine(rest)
    if (rest.length) this.keep(rest)
  }

  /** The file, once all of it is here. */
  whole(): { name: string; file: Blob } {
    if (!this.head || this.received !== this.head.bytes) throw new BrokenOff()
    return { name: this.head.name, file: new Blob(this.parts, { type: this.head.media }) }
  }

  private keep(piece: Bytes): void {
    this.parts.push(piece)
    this.received += piece.length
  }

  /** Takes what belongs to the line that is being read; what is left belongs to the next. */
  private readLine(piece: Bytes): Bytes {
    const end = piece.indexOf(LINE_END)
    this.line = joined(this.line, end < 0 ? piece : piece.subarray(0, end))
    if (this.line.length > LINE_MOST) throw new BrokenOff()
    if (end < 0) return new Uint8Array()
    const told = parsed(this.line)
    this.line = new Uint8Array()
    if ('problem' in told) throw new Problem(told.problem.status, told.problem, new Headers())
    if ('bytes' in told) this.head = told
    else if ('done' in told) this.onStep(told)
    else throw new BrokenOff()
    return piece.subarray(end + 1)
  }
}

function parsed(line: Bytes): Step | Head | Refusal {
  try {
    return JSON.parse(new TextDecoder().decode(line))
  } catch {
    throw new BrokenOff()
  }
}
