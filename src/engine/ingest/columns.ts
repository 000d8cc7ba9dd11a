import { int8, str, type StreamRecord } from '../record.ts'

/** What of a record's value stands in columns of its own; null where the kind of record has none. */
export const instanceKeyOf = ({ value }: StreamRecord): bigint | null =>
  value['processInstanceKey'] === undefined ? null : int8(value, 'processInstanceKey')
export const elementIdOf = ({ value }: StreamRecord): string | null =>
  typeof value['elementId'] === 'string' ? str(value, 'elementId') : null
