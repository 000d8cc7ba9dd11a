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

/** A count of up to one more than is worth it. */
export const upToWorth = (n: number): Total => ({
  total: Math.min(n, COUNTED_UP_TO),
  isTotalExact: n <= COUNTED_UP_TO,
})

/** Whether the cells know how many tasks fit a filter. */
export const isInCells = (filter: TaskFilter): boolean => cellsOf([], filter) !== null

/**
 * Whether the planner sees by itself how soon a walk along an order finds a page: it knows how these columns are spread. What
 * else is asked for is few by nature (a person, a run, what somebody holds), which it cannot tell.
 */
export const isSpread = (filter: TaskFilter): boolean =>
  isInCells(Object.fromEntries(Object.entries(filter).filter(([name]) => !SPREAD.has(name))))
const SPREAD = new Set(['fiscalYear', 'levyDueOn', 'dueFrom', 'dueTo', 'yenFrom', 'yenTo'])

/** From the cells where they know, else by counting what an index finds. */
export async function totalOf(
  sql: Sql,
  cells: () => Promise<readonly TaskCell[]>,
  filter: TaskFilter,
  viewer: Viewer,
  deadlines: Deadlines,
): Promise<Total> {
  if (!isInCells(filter)) {
    return upToWorth(await count(sql, filter, viewer, deadlines))
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
