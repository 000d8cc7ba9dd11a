import type { CurrentUser } from '#access/users.ts'
import type { Sql } from '#db/database.ts'
import { engineAge } from '#engine/heartbeat.ts'
import { Fault } from '#kernel/faults.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import { deadlinesOf } from './deadline.ts'
import { readCells, type TaskCell } from './queries/task-cells.ts'
import {
  findTasks,
  gatherTasks,
  listTasks,
  type Look,
  type TaskPage,
  type TaskRequest,
  type TaskView,
} from './queries/task-list.ts'
import type { TaskFilter } from './queries/task-sql.ts'
import { COUNTED_UP_TO, isInCells, totalOf, type Total } from './queries/task-total.ts'
import { readViewers, viewerOf, type Viewer } from './queries/viewer.ts'
import { together, togetherBy } from './together.ts'

/** 作業一覧 of one process: what its routes share. */
export interface TaskDesk {
  look(sql: Sql, user: CurrentUser): Promise<Look>
  /** 状態の古さ in ms, read once for all who ask at the same time. */
  age(): Promise<number | null>
  /** The open tasks in cells, read once for all who ask at the same time. */
  cells(): Promise<readonly TaskCell[]>
  page(sql: Sql, look: Look, request: TaskRequest): Promise<Total & TaskPage>
  /** How many tasks fit a filter. */
  total(sql: Sql, look: Look, filter: TaskFilter): Promise<Total>
  /** One task, whatever its state. Throws TASK-001. */
  found(sql: Sql, user: CurrentUser, taskId: string): Promise<TaskView>
}

export function openTaskDesk(deps: RuntimeDeps): TaskDesk {
  const calendar = together(() => deadlinesOf(deps.db, deps.clock.today()))
  const cells = together(async () => readCells(deps.db, await calendar()))
  const viewers = togetherBy((users: readonly bigint[]) => readViewers(deps.db, users, deps.clock.today()))
  const viewerIn = async (sql: Sql, user: CurrentUser): Promise<Viewer> => {
    const { userId } = user
    const beside =
      sql === deps.db ? await viewers(userId) : (await readViewers(sql, [userId], deps.clock.today())).get(userId)
    if (beside === undefined) throw new Error(`no viewer for login ${userId}`)
    return viewerOf(user, beside)
  }
  const look = async (sql: Sql, user: CurrentUser): Promise<Look> => ({
    viewer: await viewerIn(sql, user),
    deadlines: sql === deps.db ? await calendar() : await deadlinesOf(sql, deps.clock.today()),
    now: deps.clock.now(),
  })
  const total = (sql: Sql, { viewer, deadlines }: Look, filter: TaskFilter): Promise<Total> =>
    totalOf(sql, cells, filter, viewer, deadlines)
  return {
    look,
    age: together(() => engineAge(deps.db)),
    cells,
    async page(sql, at, request) {
      if (isInCells(request.filter))
        return { ...(await listTasks(sql, at, request)), ...(await total(sql, at, request.filter)) }
      const few = await gatherTasks(sql, at, request, COUNTED_UP_TO)
      if (few !== null) return { ...few, isTotalExact: true }
      return { ...(await listTasks(sql, at, request)), total: COUNTED_UP_TO, isTotalExact: false }
    },
    total,
    async found(sql, user, taskId) {
      const [task] = await findTasks(sql, await look(sql, user), [taskId])
      if (task === undefined) throw new Fault('TASK-001')
      return task
    },
  }
}
