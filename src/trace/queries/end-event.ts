import type { Sql } from '#db/database.ts'
import { knownElementName } from '../element-names.ts'

/**
 * 終わり方: 「督促発送済」, the name of the end event by which an instance ended; null where its model, or its end event, is not
 * known. Of several the last: the one before left another token behind (「係長へ知らせる」 of a deadline).
 */
export async function endNameOf(sql: Sql, epoch: number, processInstanceKey: bigint): Promise<string | null> {
  const end = await sql.maybe<{ processId: string; elementId: string }>(
    `select i.process_id as "processId", t.element_id as "elementId"
     from trace_elements t join trace_instances i using (epoch, process_instance_key)
     where t.epoch = $1 and t.process_instance_key = $2 and t.scope_key = $2
       and t.element_type = 'END_EVENT' and t.state = 'completed'
     order by t.position desc limit 1`,
    [epoch, processInstanceKey],
  )
  return end === null ? null : knownElementName(end.processId, end.elementId)
}
