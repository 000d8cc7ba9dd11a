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
import { COUNTED_UP_TO, isSpread, totalOf, upToWorth, type Total } from './queries/task-total.ts'
import { readOwnCounts, type OwnCounts } from './queries/task-counts.ts'
import { readHolders, readPresent, type AskPeople } from './queries/task-people.ts'
import { readViewers, viewerOf, type Viewer } from './queries/viewer.ts'
import { together, togetherBy, togetherMany } from '#kernel/together.ts'

/** 作業一覧 of one process: what its routes share. */
export interface TaskDesk {
  look(sql: Sql, user: CurrentUser): Promise<Look>
  /** 状態の古さ in ms, read once for all who ask at the same time. */
  age(): Promise<number | null>
  /** The open tasks in cells, read once for all who ask at the same time. */
  cells(): Promise<readonly TaskCell[]>
  /** The few tasks that carry this person's name. */
  own(user: CurrentUser): Promise<OwnCounts>
  page(look: Look, request: TaskRequest): Promise<Total & TaskPage>
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
  const presentIn = (sql: Sql) => (tasks: readonly string[]) => readPresent(sql, tasks, deps.clock.now())
  const holdersOfAll = togetherMany((logins: readonly bigint[]) => readHolders(deps.db, logins))
  const presentOfAll = togetherMany(presentIn(deps.db))
  const askAll: AskPeople = async (tasks, logins) => {
    const [holders, present] = await Promise.all([
      logins.length === 0 ? new Map() : holdersOfAll(logins),
      presentOfAll(tasks),
    ])
    return { holders, present }
  }
  const askIn =
    (tx: Sql): AskPeople =>
    async (tasks, logins) => ({ holders: await readHolders(tx, logins), present: await presentIn(tx)(tasks) })
  const look = async (sql: Sql, user: CurrentUser): Promise<Look> => {
    const now = deps.clock.now()
    if (sql !== deps.db)
      return {
        viewer: await viewerIn(sql, user),
        deadlines: await deadlinesOf(sql, deps.clock.today()),
        now,
        askPeople: askIn(sql),
      }
    const [viewer, deadlines] = await Promise.all([viewerIn(sql, user), calendar()])
    return { viewer, deadlines, now, askPeople: askAll }
  }
  const own = togetherBy((users: readonly CurrentUser[]) => readOwnCounts(deps.db, users, deps.clock.today()))
  const total = (sql: Sql, { viewer, deadlines }: Look, filter: TaskFilter): Promise<Total> =>
    totalOf(sql, cells, filter, viewer, deadlines)
  return {
    look,
    age: together(() => engineAge(deps.db)),
    cells,
    async own(user) {
      const counts = await own(user)
      if (counts === undefined) throw new Error(`no counts for login ${user.userId}`)
      return counts
    },
    async page(at, request) {
      const { filter } = request
      if (isSpread(filter)) {
        const [listed, counted] = await Promise.all([listTasks(deps.db, at, request), total(deps.db, at, filter)])
        return { ...listed, ...counted }
      }
      // tasks of the people that a text finds are never too many to be gathered, and finding them twice is dear
      const upTo = filter.text === undefined ? COUNTED_UP_TO : Infinity
      const few = await gatherTasks(deps.db, at, request, upTo)
      if (few === null) return { ...(await listTasks(deps.db, at, request)), total: COUNTED_UP_TO, isTotalExact: false }
      return { ...few, ...upToWorth(few.total) }
    },
    total,
    async found(sql, user, taskId) {
      const [task] = await findTasks(sql, await look(sql, user), [taskId])
      if (task === undefined) throw new Fault('TASK-001')
      return task
    },
  }
}
