import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TSchema } from 'typebox'
import type { Database } from '#db/database.ts'
import type { RouteSchema } from './route-schema.ts'
import type { CurrentUser } from './users.ts'

type Part<R, P extends string> = R extends Record<P, infer S extends TSchema> ? Static<S> : undefined

/** What a route's handler is given: everything checked against the schema, and a person who may call it. */
export interface Call<R extends RouteSchema> {
  readonly params: Part<R, 'params'>
  readonly query: Part<R, 'query'>
  readonly body: Part<R, 'body'>
  readonly user: CurrentUser
  /** The database to work on: inside an exact idempotent route all of it is one transaction. */
  readonly db: Database
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** The reply of the schema; a stream route sends what it likes. */
export type ReplyOf<R extends RouteSchema> = R extends { readonly stream: string } ? unknown : Part<R, 'reply'>

/** Registers the handlers of a table of routes. The composition root makes it; features only use it. */
export type Register<T extends { readonly [K in keyof T]: RouteSchema }> = <K extends keyof T & string>(
  key: K,
  handler: (call: Call<T[K]>) => Promise<ReplyOf<T[K]>>,
) => void
