import { isObject, parseLosslessObject, type Lossless, type LosslessObject } from './lossless-json.ts'

/** One record of the engine's stream, as an exporter tells it. */
export interface StreamRecord {
  readonly partition: number
  readonly position: bigint
  readonly valueType: string
  readonly intent: string
  readonly key: bigint
  /** The engine's time of the record, ISO text in UTC. */
  readonly at: string
  readonly value: LosslessObject
  /** The record as it came. May hold escapes (NUL) that no other column takes. */
  readonly text: string
}

/** A record of the epoch in force when it came. */
export interface EngineRecord extends StreamRecord {
  readonly epoch: number
}

/** Throws when the text is not a record: the whole bulk is then refused, since the exporter speaks another dialect. */
export function parseRecord(text: string): StreamRecord {
  const record = parseLosslessObject(text)
  const value = record['value']
  if (!isObject(value)) throw new TypeError('record without a value')
  return {
    partition: Number(int8(record, 'partitionId')),
    position: int8(record, 'position'),
    valueType: str(record, 'valueType'),
    intent: str(record, 'intent'),
    key: int8(record, 'key'),
    at: new Date(Number(int8(record, 'timestamp'))).toISOString(),
    value,
    text,
  }
}

/** A 64-bit integer of a record. Throws `TypeError` when it is missing or not an integer. */
export function int8(value: LosslessObject, name: string): bigint {
  const found = value[name]
  if (typeof found === 'bigint') return found
  if (typeof found === 'number' && Number.isSafeInteger(found)) return BigInt(found)
  throw new TypeError(`${name}: integer expected`)
}

/** A text of a record as PostgreSQL can hold it: NUL is shown as U+2400. Throws `TypeError` when it is missing. */
export function str(value: LosslessObject, name: string): string {
  const found = value[name]
  if (typeof found !== 'string') throw new TypeError(`${name}: text expected`)
  return found.replaceAll('\0', '␀')
}

/** Custom headers of a job: texts by name. */
export function headers(value: LosslessObject): Readonly<Record<string, string>> {
  const found: Lossless = value['customHeaders'] ?? {}
  if (!isObject(found)) throw new TypeError('customHeaders: object expected')
  return Object.fromEntries(Object.keys(found).map((name) => [name, str(found, name)]))
}
