import type { CurrentUser } from '#access/users.ts'
import { Fault } from '#kernel/faults.ts'
import { together, togetherBy, togetherMany } from '#kernel/together.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
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
import { readPeople } from './queries/task-people.ts'
import { todayReader } from './queries/today.ts'
import { peopleLookedAt } from './queries/task-search.ts'
import { readViewers, viewerOf } from './queries/viewer.ts'

/** 作業一覧 of one process: what its routes share. */
export interface TaskDesk {
  /** Reads for all who ask at the same time, never in a transaction of the caller. */
  look(user: CurrentUser): Promise<Look>
  /** 最新性 in ms, read once for all who ask at the same time. */
  age(): Promise<number | null>
  /** The open tasks in cells, read once for all who ask at the same time. */
  cells(): Promise<readonly TaskCell[]>
  /** The few tasks that carry this person's name. */
  own(user: CurrentUser): Promise<OwnCounts>
  /** `onlyOfPeople`: the typed text fits more people, the tasks of the rest are not in the page. */
  page(look: Look, request: TaskRequest): Promise<Total & TaskPage & { readonly onlyOfPeople: number | null }>
  /** How many tasks fit a filter. */
  total(look: Look, filter: TaskFilter): Promise<Total>
  /** One task, whatever its state. Throws TASK-001. */
  found(user: CurrentUser, taskId: string): Promise<TaskView>
}

export function openTaskDesk({ db, clock }: RuntimeDeps): TaskDesk {
  const readToday = todayReader(db)
  const today = together(() => readToday(clock.today()))
  const cells = together(async () => readCells(db, (await today()).deadlines))
  const viewers = togetherBy((users: readonly bigint[]) => readViewers(db, users, clock.today()))
  const owns = togetherBy((users: readonly CurrentUser[]) => readOwnCounts(db, users, clock.today()))
  const askPeople = togetherMany((keys: readonly (string | bigint)[]) => readPeople(db, keys, clock.now()))
  const look = async (user: CurrentUser): Promise<Look> => {
    const now = clock.now()
    const [beside, seen] = await Promise.all([viewers(user.userId), today()])
    return { viewer: viewerOf(user, known(beside, user)), ...seen, now, askPeople }
  }
  const total = ({ viewer, deadlines }: Look, filter: TaskFilter): Promise<Total> =>
    totalOf(db, cells, filter, viewer, deadlines)
  return {
    look,
    age: async () => (await today()).ageMs,
    cells,
    own: async (user) => known(await owns(user), user),
    async page(at, request) {
      const { filter } = request
      if (isSpread(filter)) {
        const [listed, counted] = await Promise.all([listTasks(db, at, request), total(at, filter)])
        return { ...listed, ...counted, onlyOfPeople: null }
      }
      // tasks of the people that a text finds are never too many to be gathered, and finding them twice is dear
      const upTo = filter.text === undefined ? COUNTED_UP_TO : Infinity
      const [few, onlyOfPeople] = await Promise.all([
        gatherTasks(db, at, request, upTo),
        filter.text === undefined ? null : peopleLookedAt(db, filter.text),
      ])
      if (few === null)
        return { ...(await listTasks(db, at, request)), total: COUNTED_UP_TO, isTotalExact: false, onlyOfPeople }
      const { total: n, isTotalExact } = upToWorth(few.total)
      return { ...few, total: n, isTotalExact: isTotalExact && onlyOfPeople === null, onlyOfPeople }
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
