import type { Tx } from '#db/database.ts'
import type { WorksheetKind } from './kind.ts'
import { changeSql, wholeSheet } from './sheet-sql.ts'

/** Four bytes a row, in network order. */
const packed = (value: string, order: string): string => `string_agg(int4send(${value}), ''::bytea order by ${order})`

/**
 * Makes the compact copies of a finished list, once: every order it can be sorted by, the bucket and the person of each row,
 * and the buckets with their sums. The list's own order is fixed here, with the marks that were carried over: a row that
 * somebody marks keeps its place. About a second for 50,000 rows.
 */
export async function packWorksheet(tx: Tx, kind: WorksheetKind, worksheetId: bigint): Promise<void> {
  await tx.run(`select pg_advisory_xact_lock(hashtextextended('worksheet-pack', $1))`, [worksheetId])
  if (await tx.maybe(`select from worksheet_packs where worksheet_id = $1 limit 1`, [worksheetId])) return
  const sortable = kind.columns.filter(({ isSortable }) => isSortable)
  const totalled = kind.columns.filter(({ isTotalled }) => isTotalled)
  await tx.run('drop table if exists sheet_keys')
  // parameters cannot stand in a CREATE TABLE AS: the id is a number of our own
  await tx.run(
    `create temporary table sheet_keys on commit drop as
     select r.row_no, r.insured_id::int as person, r.verdict, r.reason, r.flags, ${changeSql(kind)} as change, i.due_on, r.yen,
       concat_ws(E'\\x1f', r.verdict, coalesce(r.reason, ''), array_to_string(r.flags, ','), coalesce(${changeSql(kind)}, ''), i.due_on) as alike,
       ${totalled.map(({ name, sql }) => `${sql} as "sum_${name}",`).join(' ')}
       ${sortable.map(({ name, sql }) => `${sql} as "key_${name}",`).join(' ')}
       row_number() over (order by ${kind.defaultOrder}, r.row_no) as place
     from ${wholeSheet(kind).replaceAll('$1', String(worksheetId))} where r.worksheet_id = ${worksheetId}`,
  )
  await tx.run(
    `insert into worksheet_buckets (worksheet_id, bucket, verdict, reason, flags, change, due_on, row_count, sum_yen, sums)
     select $1::bigint, row_number() over (order by alike) - 1, min(verdict), min(reason), min(flags), min(change), min(due_on), count(*)::int,
       coalesce(sum(yen), 0)::bigint, jsonb_build_object(${totalled
         .map(({ name }) => `'${name}', coalesce(sum("sum_${name}"), 0)::text`)
         .join(', ')})
     from sheet_keys group by alike`,
    [worksheetId],
  )
  await tx.run(
    `insert into worksheet_packs (worksheet_id, name, bytes)
     select $1::bigint, 'bucket', coalesce(${packed('b.bucket::int', 'k.row_no')}, '') from sheet_keys k join (
       select alike, row_number() over (order by alike) - 1 as bucket from sheet_keys group by alike) b using (alike)
     union all select $1::bigint, 'person', coalesce(${packed('person', 'row_no')}, '') from sheet_keys
     union all select $1::bigint, 'order:', coalesce(${packed('row_no', 'place')}, '') from sheet_keys`,
    [worksheetId],
  )
  for (const { name } of sortable)
    await tx.run(
      `insert into worksheet_packs (worksheet_id, name, empty_count, bytes)
       select $1::bigint, 'order:${name}', count(*) filter (where "key_${name}" is null),
         coalesce(${packed('row_no', `"key_${name}" nulls last, row_no`)}, '') from sheet_keys`,
      [worksheetId],
    )
}
