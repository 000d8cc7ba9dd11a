import type { OptionVersion } from '#rules/options.ts'
import type { Sql } from './database.ts'

/**
 * 条例等の設定 of a flow as recorded: every version that has been put in force, in the order in which it was. Which
 * of them counts on a day, and the defaults where there is none, are the flow's rule (`resolveTokusokuOptions`): an option
 * whose basis is the 納期限 needs all of its versions. A run pins what this returned at its start.
 */
export const optionVersions = (sql: Sql, flow: string): Promise<OptionVersion[]> =>
  sql.rows<OptionVersion>(
    `select name, valid_from as "validFrom", value from ordinance_options
     where flow = $1 and (decided_by is null or put_in_force_by is not null) order by coalesce(put_in_force_at, recorded_at), id`,
    [flow],
  )
