import type { Static } from 'typebox'
import type { Sql, SqlValue } from '#db/database.ts'
import type { Deadlines } from '../deadline.ts'
import type { TaskCounts } from '../tasks.schema.ts'
import { flowNames } from './task-list.ts'
import { TASK_FROM, urgencySql, viewSql, type Viewer } from './task-sql.ts'

/** 件数 beside the filters: one look at the open tasks, no list. */
export async function countTasks(
  sql: Sql,
  viewer: Viewer,
  deadlines: Deadlines,
): Promise<Omit<Static<typeof TaskCounts>, 'dataAgeMs'>> {
  const params: SqlValue[] = []
  const place = (value: SqlValue): string => `$${params.push(value)}`
  const counted: Readonly<Record<string, string>> = {
    mine: viewSql('mine', viewer, place),
    can: viewSql('can', viewer, place),
    all: 'true',
    second: viewSql('second', viewer, place),
    proposed: viewSql('proposed', viewer, place),
    overdue: urgencySql('overdue', deadlines, place),
    today: urgencySql('today', deadlines, place),
    soon: urgencySql('soon', deadlines, place),
    later: urgencySql('later', deadlines, place),
    none: urgencySql('none', deadlines, place),
    unclaimed: `t.assignee is null and t.proposed_by is null`,
    working: 't.assignee is not null',
    returned: 'coalesce(sr.round, 1) > 1',
    waiting: 't.proposed_by is not null',
  }
  const columns = Object.entries(counted).map(([name, test]) => `(count(*) filter (where ${test}))::int as "${name}"`)
  const n = await sql.one<Readonly<Record<string, number>>>(
    `select ${columns.join(', ')} from ${TASK_FROM} where t.state in ('preparing', 'open')`,
    params,
  )
  const flows = await sql.rows<{ flow: string; count: number }>(
    `select flow, count(*)::int as count from tasks where state in ('preparing', 'open') group by flow order by flow`,
  )
  const of = (name: string): number => n[name] ?? 0
  return {
    views: { mine: of('mine'), can: of('can'), all: of('all'), second: of('second'), proposed: of('proposed') },
    urgencies: {
      overdue: of('overdue'),
      today: of('today'),
      soon: of('soon'),
      later: of('later'),
      none: of('none'),
    },
    states: {
      unclaimed: of('unclaimed'),
      working: of('working'),
      returned: of('returned'),
      proposed: of('waiting'),
    },
    flows: flows.map(({ flow, count }) => ({ flow, name: flowNames(flow).name, count })),
  }
}
