import type { Sql } from '#db/database.ts'
import { prepared } from '#db/prepared.ts'
import { isCandidate } from '#runtime/candidate-groups.ts'
import type { Deadlines, Urgency } from '../deadline.ts'
import { NO_DEADLINE, type TaskFilter, type TaskStatus } from './task-sql.ts'

/** How many open tasks are alike in all that is counted by. */
export interface TaskCell {
  readonly flow: string
  readonly role: string
  readonly state: string
  readonly isHeld: boolean
  readonly isProposed: boolean
  readonly isReturned: boolean
  readonly urgency: Urgency
  /** 再開日待ち */
  readonly isWaiting: boolean
  readonly n: number
}

/** The open tasks in cells: entries added up, no task is looked at. */
export const readCells = (sql: Sql, { today, soonUntil }: Deadlines): Promise<TaskCell[]> =>
  sql.rows<TaskCell>(
    prepared(`select flow, candidate_role as role, state, is_held as "isHeld", is_proposed as "isProposed",
       is_returned as "isReturned", case when due_on < $1 then 'overdue' when due_on = $1 then 'today'
         when due_on <= $2 then 'soon' when due_on < '${NO_DEADLINE}' then 'later' else 'none' end as urgency,
       coalesce(follow_up_on > $1, false) as "isWaiting", sum(n)::int as n
     from task_counters group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(n) <> 0`),
    [today, soonUntil],
  )

export const sumOf = (cells: readonly TaskCell[], test: (cell: TaskCell) => boolean): number =>
  cells.reduce((sum, cell) => (test(cell) ? sum + cell.n : sum), 0)

const IS: Readonly<Record<TaskStatus, (cell: TaskCell) => boolean>> = {
  unclaimed: ({ isHeld, isProposed }) => !isHeld && !isProposed,
  working: ({ isHeld }) => isHeld,
  returned: ({ isReturned }) => isReturned,
  proposed: ({ isProposed }) => isProposed,
  waiting: ({ isWaiting }) => isWaiting,
}
export const isOfStatus = (cell: TaskCell, status: TaskStatus): boolean => IS[status](cell)

/** Tasks that nobody holds and this person's roles allow; who proposed what is not in the cells. */
export const isFreeFor = (cell: TaskCell, roles: readonly string[]): boolean =>
  cell.state === 'open' &&
  !cell.isHeld &&
  isCandidate(cell.role, roles) &&
  (!cell.isProposed || roles.includes('kakaricho'))

const COUNTED = new Set(['view', 'status', 'urgency', 'flow', 'state', 'assignee'])

/** The cells of a filter, or null when it asks for more than cells know. `can` is left to the caller. */
export function cellsOf(cells: readonly TaskCell[], filter: TaskFilter): readonly TaskCell[] | null {
  const { view = 'all', status, urgency, flow, state, assignee } = filter
  const isKnown = Object.entries(filter).every(([name, value]) => value === undefined || COUNTED.has(name))
  const isOpen = state === undefined || state === 'open' || state === 'preparing'
  if (!isKnown || !isOpen || (assignee !== undefined && assignee !== 'none')) return null
  if (view !== 'all' && view !== 'can' && view !== 'waiting') return null
  const wantsWaiting = view === 'waiting' || status === 'waiting'
  return cells.filter(
    (cell) =>
      cell.isWaiting === wantsWaiting &&
      (status === undefined || isOfStatus(cell, status)) &&
      (urgency === undefined || cell.urgency === urgency) &&
      (flow === undefined || cell.flow === flow) &&
      (state === undefined || cell.state === state) &&
      (assignee === undefined || !cell.isHeld),
  )
}
