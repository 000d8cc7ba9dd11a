import type { Body, Params, Query, Reply, RouteKey } from '#api/contract.ts'
import { request } from './request.ts'

type Needed<Name extends string, T> = [T] extends [undefined] ? unknown : { readonly [key in Name]: T }
type Optional<Name extends string, T> = [T] extends [undefined] ? unknown : { readonly [key in Name]?: T }

/** What a route takes, as its schema says; nothing else can be sent. */
export type Input<K extends RouteKey> = Needed<'params', Params<K>> &
  Optional<'query', Query<K>> &
  Needed<'body', Body<K>> & {
    readonly signal?: AbortSignal
    readonly idempotencyKey?: string
    /** It is sent even when the page ends with it; nobody waits for the answer. */
    readonly isLast?: boolean
  }

interface Loose {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: object
  readonly signal?: AbortSignal
  readonly idempotencyKey?: string
  readonly isLast?: boolean
}

/** The address of a route: path parameters filled in, only those query parts that are set. Nothing personal goes in. */
export function addressOf(
  route: RouteKey,
  params: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const path = route
    .slice(route.indexOf(' ') + 1)
    .replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') search.append(name, textOf(value))
  const text = search.toString()
  return text === '' ? path : `${path}?${text}`
}

/** Query parts are texts, numbers and booleans; anything else has no business in an address. */
function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new TypeError('not a part of an address')
}

/** Calls a route of our API; input and reply are typed by its schema. Throws a Problem. */
export function api<K extends RouteKey>(route: K, input: Input<K>): Promise<Reply<K>> {
  const { params, query, body, signal, idempotencyKey, isLast } = input as Loose // Input<K> is this shape with the route's own types
  const method = route.slice(0, route.indexOf(' ')) as 'GET' | 'POST' | 'PUT' // a RouteKey begins with one of these
  return request<Reply<K>>(method, addressOf(route, params, query), {
    ...(body ? { body } : {}),
    ...(signal ? { signal } : {}),
    ...(idempotencyKey ? { idempotencyKey } : {}),
    ...(isLast ? { isLast } : {}),
  })
}
