import { Type, type TProperties, type TSchema } from 'typebox'

/** Shapes shared by all routes. Objects are closed: an unknown field is refused in a request and a defect in a reply. */
export const closedObject = <P extends TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

/** A value or null, as one JSON schema type list. */
export const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])

/** One of a few words. */
export const oneOf = <const W extends readonly string[]>(words: W) =>
  Type.Unsafe<W[number]>({ type: 'string', enum: [...words] })

/** 円 as a JSON integer (up to 2^53 − 1). */
export const YenNumber = Type.Integer()
/** 件数 */
export const CountNumber = Type.Integer({ minimum: 0 })
/** Calendar day `YYYY-MM-DD`. */
export const Day = Type.String({ format: 'date' })
/** Instant, ISO 8601 in UTC. */
export const Instant = Type.String({ format: 'date-time' })
export const Uuid = Type.String({ format: 'uuid' })
/** Our own row ids and the engine's 64-bit keys travel as digits in a string: JSON numbers lose them. */
export const IdText = Type.String({ pattern: '^[0-9]{1,18}$' })

/** A value that may be 伏せている: for a protected person the value is not in the reply at all. */
export const guarded = closedObject({ isMasked: Type.Boolean(), value: nullable(Type.String()) })

/** Query texts of paging. `cursor` is what the page before gave; `offset` jumps (a scroll bar) and excludes `cursor`. */
export const paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
  offset: Type.Optional(Type.Integer({ minimum: 0 })),
}

export const pageOf = <S extends TSchema>(item: S) =>
  closedObject({ items: Type.Array(item), total: CountNumber, nextCursor: nullable(Type.String()) })

/** RFC 9457, with our code and 次にすること. `errors` name the fields of a malformed request. */
export const Problem = closedObject({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.String(),
  next: Type.String(),
  instance: Type.String(),
  params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
  errors: Type.Array(closedObject({ path: Type.String(), message: Type.String() })),
})

/** What one route takes and gives. `reply` is the JSON of `status`; `stream` is a content type instead of JSON. */
export interface RouteSchema {
  readonly summary: string
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  readonly reply?: TSchema
  readonly status?: number
  readonly stream?: string
  /** Parts of a multipart/form-data body, for the document: the bytes are streamed, not checked by a schema. */
  readonly parts?: TSchema
  /**
   * Starts or decides something: an Idempotency-Key is honoured. `exact`: key, work and answer are one transaction;
   * `true`: the answer is kept, and the state itself keeps a second attempt from doing the work twice.
   */
  readonly idempotent?: true | 'exact'
}

/** Routes by 「METHOD /path」. */
export type RouteTable = Readonly<Record<`${'GET' | 'POST' | 'PUT'} /${string}`, RouteSchema>>
