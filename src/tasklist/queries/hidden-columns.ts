import type { Sql } from '#db/database.ts'

/** Columns that a person leaves out of lists of a kind; none at first. */
export async function hiddenColumns(sql: Sql, userId: bigint, kind: string): Promise<string[]> {
  const row = await sql.maybe<{ hidden: string[] }>(
    `select hidden from sheet_columns where user_id = $1 and kind = $2`,
    [userId, kind],
  )
  return row?.hidden ?? []
}

export const hideColumns = (sql: Sql, userId: bigint, kind: string, hidden: readonly string[]): Promise<number> =>
  sql.run(
    `insert into sheet_columns (user_id, kind, hidden) values ($1, $2, $3)
     on conflict (user_id, kind) do update set hidden = excluded.hidden`,
    [userId, kind, hidden],
  )
