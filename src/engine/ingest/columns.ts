import { int8, str, type StreamRecord } from '../record.ts'

/** What of a record's value stands in columns of its own; null where the kind of record has none. */
export const instanceKeyOf = ({ value }: StreamRecord): bigint | null =>
  value['processInstanceKey'] === undefined ? null : int8(value, 'processInstanceKey')
export const elementIdOf = ({ value }: StreamRecord): string | null =>
  typeof value['elementId'] === 'string' ? str(value, 'elementId') : null

export const RECORD_COLUMNS =
  'epoch, partition, position, value_type, intent, key, process_instance_key, element_id, at, record'

/** How the high-water mark of a partition moves on: an older time of the engine never takes the place of a newer one. */
export const MOVE_MARK = `on conflict (epoch, partition) do update
   set position = excluded.position, updated_at = greatest(engine_positions.updated_at, excluded.updated_at)`
