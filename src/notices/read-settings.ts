import { Fault } from '#kernel/faults.ts'
import type { Sql } from '#db/database.ts'
import { NoticeSettings } from './municipality.ts'
import { Value } from 'typebox/value'

/** 自治体の設定 of the notices (`municipality_settings`, name 「notices」). Throws NOTE-001 when missing or malformed. */
export async function readNoticeSettings(sql: Sql): Promise<NoticeSettings> {
  const row = await sql.maybe<{ value: unknown }>(`select value from municipality_settings where name = 'notices'`)
  if (row === null || !Value.Check(NoticeSettings, row.value)) throw new Fault('NOTE-001')
  return row.value
}
