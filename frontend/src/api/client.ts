import { Problem, Unreachable } from './problem.ts'
import type { paths } from './schema.d.ts'

type Method = 'get' | 'put' | 'post' | 'delete'
type Short<P> = P extends `/api/v1${infer Rest}` ? Rest : never
type Long<P extends string> = `/api/v1${P}` & keyof paths
type Shape<P extends string, M extends Method> =
  Long<P> extends infer L extends keyof paths ? (M extends keyof paths[L] ? paths[L][M] : never) : never
type Json<T> = T extends { content: { 'application/json': infer Body } } ? Body : undefined
type Fine = 200 | 201 | 204
type AnswerOf<O> = O extends { responses: infer R } ? Json<R[keyof R & Fine]> : never
type BodyOf<O> = O extends { requestBody: infer B } ? Json<B> : undefined
type ParametersOf<O> = O extends { parameters: { path?: infer P; query?: infer Q } }
  ? { path: P; query: Q }
  : never

/** The paths of the API without their common beginning, as the server describes them. */
export type Path<M extends Method> = {
  [P in keyof paths & string]: paths[P] extends { [K in M]: object } ? Short<P> : never
}[keyof paths & string]

export interface Sending<O> {
  path?: ParametersOf<O>['path']
  query?: ParametersOf<O>['query']
  body?: BodyOf<O>
  /** Instead of a body: what was sealed, as it is. */
  bytes?: Uint8Array<ArrayBuffer>
  /** The ETag last seen: the row is changed only if it is still that. */
  ifMatch?: string
  /** A refusal for want of a sign-in is given to the caller instead of the sign-in sheet. */
  asVisitor?: boolean
  /** Ends it, instead of the patience of half a minute. */
  signal?: AbortSignal
}

export interface Answer<T> {
  data: T
  status: number
  etag: string | undefined
}

/** Asks for a sign-in over the current screen. Answers whether somebody signed in, so that the request may go again. */
type SignInAgain = () => Promise<boolean>
let signInAgain: SignInAgain = async () => false
export const whenSignInEnded = (ask: SignInAgain): void => {
  signInAgain = ask
}

/** Whose requests these are, as far as this tab knows. */
let asking: () => string | undefined = () => undefined
export const askFor = (account: () => string | undefined): void => {
  asking = account
}

let asked = Date.now()
/** When this tab last asked the server for something and was let in, in ms. */
export const lastAsked = (): number => asked

/** Sends one request. Throws `Problem` when it is refused and `Unreachable` when there is no answer. */
export async function send<M extends Method, P extends Path<M>>(
  method: M,
  path: P,
  sending: Sending<Shape<P, M>> = {},
): Promise<Answer<AnswerOf<Shape<P, M>>>> {
  const response = await ask(method, path, sending)
  const data = await read(response)
  return {
    data: data as AnswerOf<Shape<P, M>>,
    status: response.status,
    etag: response.headers.get('ETag') ?? undefined,
  }
}

/** The same for a file: its answer, of which nothing was read yet. */
export async function ask<M extends Method, P extends Path<M>>(
  method: M,
  path: P,
  sending: Sending<Shape<P, M>> = {},
): Promise<Response> {
  const response = await reach(address(path, sending), request(method, sending, path !== '/account'))
  if (response.status !== 401) asked = Date.now()
  if (response.ok) return response
  const problem = await Problem.of(response)
  if (problem.is('sign-in-needed') && !sending.asVisitor && (await signInAgain()))
    return ask(method, path, sending)
  throw problem
}

/** An answer that is no JSON, such as a file, is its text; one without a body is nothing. One that breaks off, or is
 * somebody else's page, is none. */
async function read(response: Response): Promise<unknown> {
  try {
    const text = await response.text()
    if (!text) return undefined
    return response.headers.get('Content-Type')?.startsWith('text/calendar') ? text : JSON.parse(text)
  } catch {
    throw new Unreachable()
  }
}

export const get = <P extends Path<'get'>>(path: P, sending?: Sending<Shape<P, 'get'>>) =>
  send('get', path, sending)
export const put = <P extends Path<'put'>>(path: P, sending?: Sending<Shape<P, 'put'>>) =>
  send('put', path, sending)
export const post = <P extends Path<'post'>>(path: P, sending?: Sending<Shape<P, 'post'>>) =>
  send('post', path, sending)
export const remove = <P extends Path<'delete'>>(path: P, sending?: Sending<Shape<P, 'delete'>>) =>
  send('delete', path, sending)

/** Long enough for a busy server and a slow phone; after it nobody waits for an answer any more. */
const PATIENCE_MS = 30_000

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS), ...init })
  } catch {
    throw new Unreachable()
  }
}

/** Answers are somebody's, so no cache may keep them. Cookies are of the whole browser: a tab of somebody who signed out
 * in another one must not write into the journal of whoever signed in there since. */
function request(method: Method, sending: Sending<unknown>, named: boolean): RequestInit {
  const headers = new Headers({ Accept: 'application/json' })
  const account = named && asking()
  if (account) headers.set('Shoreline-Account', account)
  if (sending.body !== undefined) headers.set('Content-Type', 'application/json')
  if (sending.bytes) headers.set('Content-Type', 'application/octet-stream')
  if (sending.ifMatch) headers.set('If-Match', sending.ifMatch)
  const body = sending.bytes ?? (sending.body === undefined ? undefined : JSON.stringify(sending.body))
  const init: RequestInit = { method: method.toUpperCase(), headers, body }
  if (sending.signal) init.signal = sending.signal
  return { ...init, cache: 'no-store', credentials: 'same-origin' }
}

/** Where a request goes. */
export function address(path: string, { path: places, query }: { path?: unknown; query?: unknown }): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent((places as Record<string, string>)[name]!),
  )
  const asked = Object.entries(query ?? {}).filter(([, value]) => value !== undefined)
  const search = new URLSearchParams(asked.map(([name, value]) => [name, String(value)]))
  return `/api/v1${filled}${asked.length ? `?${search}` : ''}`
}
