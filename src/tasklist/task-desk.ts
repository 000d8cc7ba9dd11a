import type { CurrentUser } from '#access/users.ts'
import { engineAge } from '#engine/heartbeat.ts'
import { Fault } from '#kernel/faults.ts'
import { together, togetherBy, togetherMany } from '#kernel/together.ts'
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
import { readViewers, viewerOf } from './queries/viewer.ts'

/** 作業一覧 of one process: what its routes share. */
export interface TaskDesk {
  /** Reads for all who ask at the same time, never in a transaction of the caller. */
  look(user: CurrentUser): Promise<Look>
  /** 状態の古さ in ms, read once for all who ask at the same time. */
  age(): Promise<number | null>
  /** The open tasks in cells, read once for all who ask at the same time. */
  cells(): Promise<readonly TaskCell[]>
  /** The few tasks that carry this person's name. */
  own(user: CurrentUser): Promise<OwnCounts>
  page(look: Look, request: TaskRequest): Promise<Total & TaskPage>
  /** How many tasks fit a filter. */
  total(look: Look, filter: TaskFilter): Promise<Total>
  /** One task, whatever its state. Throws TASK-001. */
  found(user: CurrentUser, taskId: string): Promise<TaskView>
}

export function openTaskDesk({ db, clock }: RuntimeDeps): TaskDesk {
  const calendar = together(() => deadlinesOf(db, clock.today()))
  const cells = together(async () => readCells(db, await calendar()))
  const viewers = togetherBy((users: readonly bigint[]) => readViewers(db, users, clock.today()))
  const owns = togetherBy((users: readonly CurrentUser[]) => readOwnCounts(db, users, clock.today()))
  const holdersOf = togetherMany((logins: readonly bigint[]) => readHolders(db, logins))
  const presentOf = togetherMany((tasks: readonly string[]) => readPresent(db, tasks, clock.now()))
  const askPeople: AskPeople = async (tasks, logins) => {
    const [holders, present] = await Promise.all([
      logins.length === 0 ? new Map() : holdersOf(logins),
      presentOf(tasks),
    ])
    return { holders, present }
  }
  const look = async (user: CurrentUser): Promise<Look> => {
    const now = clock.now()
    const [beside, deadlines] = await Promise.all([viewers(user.userId), calendar()])
    return { viewer: viewerOf(user, known(beside, user)), deadlines, now, askPeople }
  }
  const total = ({ viewer, deadlines }: Look, filter: TaskFilter): Promise<Total> =>
    totalOf(db, cells, filter, viewer, deadlines)
  return {
    look,
    age: together(() => engineAge(db)),
    cells,
    own: async (user) => known(await owns(user), user),
    async page(at, request) {
      const { filter } = request
      if (isSpread(filter)) {
        const [listed, counted] = await Promise.all([listTasks(db, at, request), total(at, filter)])
        return { ...listed, ...counted }
      }
      // tasks of the people that a text finds are never too many to be gathered, and finding them twice is dear
      const upTo = filter.text === undefined ? COUNTED_UP_TO : Infinity
      const few = await gatherTasks(db, at, request, upTo)
      if (few === null) return { ...(await listTasks(db, at, request)), total: COUNTED_UP_TO, isTotalExact: false }
      return { ...few, ...upToWorth(few.total) }
    },
    total,
    async found(user, taskId) {
      const [task] = await findTasks(db, await look(user), [taskId])
      if (task === undefined) throw new Fault('TASK-001')
      return task
    },
  }
}

/** A login is never deleted: who was let in is found. */
function known<T>(found: T | undefined, { userId }: CurrentUser): T {
  if (found === undefined) throw new Error(`nothing is known of login ${userId}`)
  return found
}
