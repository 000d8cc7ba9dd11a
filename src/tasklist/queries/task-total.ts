import type { Sql, SqlValue } from '#db/database.ts'
import { prepared } from '#db/prepared.ts'
import type { Deadlines } from '../deadline.ts'
import { cellsOf, isFreeFor, sumOf, type TaskCell } from './task-cells.ts'
import { heldBy, proposedByMe, whereOf, type Place, type TaskFilter } from './task-sql.ts'
import type { Viewer } from './viewer.ts'

/** How many tasks fit a filter. Beyond what is worth counting one by one it is 「n件以上」. */
export interface Total {
  readonly total: number
  readonly isTotalExact: boolean
}

/** Where the cells do not know, tasks are counted one by one up to here: nobody reads a list of more. */
export const COUNTED_UP_TO = 1_000

/** Whether the cells know how many tasks fit a filter. */
export const isInCells = (filter: TaskFilter): boolean => cellsOf([], filter) !== null

/** From the cells where they know, else by counting what an index finds. */
export async function totalOf(
  sql: Sql,
  cells: () => Promise<readonly TaskCell[]>,
  filter: TaskFilter,
  viewer: Viewer,
  deadlines: Deadlines,
): Promise<Total> {
  if (!isInCells(filter)) {
    const total = await count(sql, filter, viewer, deadlines)
    return { total: Math.min(total, COUNTED_UP_TO), isTotalExact: total <= COUNTED_UP_TO }
  }
  const found = cellsOf(await cells(), filter) ?? []
  if (filter.view !== 'can') return { total: sumOf(found, () => true), isTotalExact: true }
  const own = await ownPart(sql, filter, viewer, deadlines)
  const free = sumOf(found, (cell) => isFreeFor(cell, viewer.user.roles))
  return { total: free + (filter.assignee === 'none' ? 0 : own.held) - own.proposed, isTotalExact: true }
}

/** 「自分ができる作業」 beside the free ones: what is mine already, and what I proposed myself and may not release. */
async function ownPart(
  sql: Sql,
  filter: TaskFilter,
  viewer: Viewer,
  deadlines: Deadlines,
): Promise<{ readonly held: number; readonly proposed: number }> {
  const { view: _, ...rest } = filter
  const held = await count(sql, filter, viewer, deadlines, (place) =>
    heldBy([viewer.user.userId, ...viewer.absent], place),
  )
  if (!viewer.user.roles.includes('kakaricho')) return { held, proposed: 0 }
  const proposed = await count(
    sql,
    rest,
    viewer,
    deadlines,
    (place) => `t.state = 'open' and t.assignee is null and t.candidate_role = any(${place(viewer.groups)}::text[])
      and ${proposedByMe(viewer, deadlines, place)}`,
  )
  return { held, proposed }
}

async function count(
  sql: Sql,
  filter: TaskFilter,
  viewer: Viewer,
  deadlines: Deadlines,
  more: (place: Place) => string = () => 'true',
): Promise<number> {
  const params: SqlValue[] = []
  const place: Place = (value) => `$${params.push(value)}`
  const where = `${whereOf(filter, viewer, deadlines, place)} and ${more(place)}`
  const { n } = await sql.one<{ n: number }>(
    prepared(
      `select count(*)::int as n from (select from task_list t where ${where} limit ${COUNTED_UP_TO + 1}) found`,
    ),
    params,
  )
  return n
}
