/** A refusal of the server (RFC 9457), with a sentence for the person. */
export class Problem extends Error {
  readonly status: number
  /** The last part of its type, such as "changed-elsewhere". */
  readonly slug: string
  readonly title: string
  readonly detail: string
  /** What to mend, by JSON pointer: "#/password" -> sentence. */
  readonly faults: ReadonlyMap<string, string>
  /** Everything that was sent, for members of one kind of problem such as `current`. */
  readonly members: Readonly<Record<string, unknown>>
  readonly etag: string | undefined
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number | undefined

  constructor(status: number, members: Record<string, unknown>, headers: Headers) {
    super(`${status}`)
    this.status = status
    this.members = members
    this.slug = String(members.type ?? '')
      .split('/')
      .pop()!
    this.title = String(members.title ?? '')
    this.detail = String(members.detail ?? '')
    this.faults = new Map(faultsOf(members.errors).map((fault) => [fault.pointer, fault.detail]))
    this.etag = headers.get('ETag') ?? undefined
    const wait = Number(headers.get('Retry-After') ?? Number.NaN)
    this.retryAfter = Number.isFinite(wait) ? wait : undefined
  }

  static async of(response: Response): Promise<Problem> {
    const members: unknown = await response.json().catch(() => ({}))
    return new Problem(response.status, (members ?? {}) as Record<string, unknown>, response.headers)
  }

  is(slug: string): boolean {
    return this.slug === slug
  }
}

/** The server could not be reached: nothing was sent, or nobody knows whether it arrived. */
export class Unreachable extends Error {}

function faultsOf(errors: unknown): { pointer: string; detail: string }[] {
  return Array.isArray(errors) ? errors : []
}
