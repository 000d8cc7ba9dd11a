import { noConnection, problemOf } from './problem.ts'

type Method = 'GET' | 'POST' | 'PUT'
export interface RequestOptions {
  readonly body?: object | FormData
  /** For posts that start something: pressed twice, done once. */
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
  /** Outlives the page (`keepalive`). */
  readonly isLast?: boolean
}

let csrfToken = ''
/** The token of the session; every change carries it. It lives in memory only. */
export const rememberCsrf = (token: string): void => {
  csrfToken = token
}

const listeners = new Set<() => void>()
/** Called when the server says that nobody is logged in any more. */
export function onLoggedOut(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** One call of our API. Throws a Problem; `T` is the schema type of the route that is called. */
export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(method, path, options)
  const json: unknown = response.status === 204 ? null : await jsonOf(response)
  return json as T // the route's schema checked it on the way out
}

/** One call whose answer is a file to be saved: its bytes and the name that the answer gives them. Throws a Problem. */
export async function requestFile(
  path: string,
  body: object,
): Promise<{ readonly bytes: Blob; readonly name: string }> {
  const response = await send('POST', path, { body })
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? ''
  return { bytes: await response.blob(), name: decodeURIComponent(name) }
}

async function send(
  method: Method,
  path: string,
  { body, idempotencyKey, signal, isLast = false }: RequestOptions,
): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (method !== 'GET') headers['x-csrf-token'] = csrfToken
  if (body && !(body instanceof FormData)) headers['content-type'] = 'application/json'
  if (idempotencyKey) headers['idempotency-key'] = idempotencyKey
  const response = await fetch(path, {
    method,
    headers,
    ...(body ? { body: body instanceof FormData ? body : JSON.stringify(body) } : {}),
    ...(signal ? { signal } : {}),
    ...(isLast ? { keepalive: true } : {}),
  }).catch((error: unknown) => {
    throw error instanceof DOMException && error.name === 'AbortError' ? error : noConnection()
  })
  if (response.status === 401) for (const listener of listeners) listener()
  if (!response.ok) throw problemOf(response.status, await jsonOf(response))
  return response
}

const jsonOf = (response: Response): Promise<unknown> => response.json().catch(() => null)
