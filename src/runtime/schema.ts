import { Type, type Static, type TObject, type TProperties } from 'typebox'
import type { PlainDate } from '#kernel/plain-date.ts'

/** Step inputs and outputs are closed: an unknown variable is a mistake, not a guest. */
export const closed = { additionalProperties: false } as const

export const RunId = Type.Unsafe<string>({ type: 'string', format: 'uuid' })
export const PlainDateText = Type.Unsafe<PlainDate>({ type: 'string', format: 'date' })
/** An instant for a timer of the engine, with our offset: `2026-08-20T09:00:00+09:00`. */
export const InstantText = Type.Unsafe<string>({ type: 'string', format: 'date-time' })
/** What gateways read: a decision of the step's closed list. */
export const Decision = Type.String()
export const Count = Type.Integer({ minimum: 0 })
export const Version = Type.Integer({ minimum: 1 })

export type AnyObject = TObject<TProperties>
export type Of<T extends AnyObject> = Static<T>
