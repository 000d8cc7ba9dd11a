import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import type { Register } from '#access/route.ts'
import type { CurrentUser } from '#access/users.ts'
import type { Database, Sql } from '#db/database.ts'
import { engineAge } from '#engine/heartbeat.ts'
import { actorOf } from '#runtime/actor.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import { completeTask, proposeTask, releaseTask, type DecisionBody } from '#runtime/decide-task.ts'
import { claimTask, saveDraft, unclaimTask } from '#runtime/human.ts'
import { makeAlone } from '#runtime/make-alone.ts'
import { refreshTask } from '#runtime/refresh-task.ts'
import { worksheetHash } from '#runtime/worksheet/hash.ts'
import { deadlinesOf } from './deadline.ts'
import { countTasks } from './queries/task-counts.ts'
import { taskDetail } from './queries/task-detail.ts'
import { findTask, listTasks, type TaskRequest, type TaskView } from './queries/task-list.ts'
import type { TaskFilter, Viewer } from './queries/task-sql.ts'
import type { taskRoutes as table } from './tasks.schema.ts'
import { groupsOf } from '#runtime/candidate-groups.ts'

type Page = TaskFilter & {
  readonly sort?: string
  readonly limit?: number
  readonly cursor?: string
  readonly offset?: number
}

/** 作業一覧, 作業, and what a person does with a task. */
export function taskRoutes(route: Register<typeof table>, deps: RuntimeDeps): void {
  const at = <A>(db: Database, act: A) => [{ ...deps, db }, act] as const

  route('GET /api/tasks', ({ db, user, query }) => page(db, user, query))
  route('POST /api/tasks/search', ({ db, user, body }) =>
    db.tx(async (tx) => {
      const found = await page(tx, user, body)
      await appendEvent(tx, {
        at: deps.clock.now(),
        kind: 'read',
        actor: actorOf(user),
        payload: { what: '作業の検索', count: found.total, detail: { tasks: found.items.map(({ taskId }) => taskId) } },
      })
      return found
    }),
  )
  route('GET /api/tasks/counts', async ({ db, user }) => ({
    ...(await countTasks(db, viewerOf(user), await deadlinesOf(db, deps.clock.today()))),
    dataAgeMs: await engineAge(db),
  }))
  route('POST /api/tasks/next', async ({ db, user, body }) => ({ task: await takeNext(db, user, body.flow) }))
  route('GET /api/tasks/:taskId', ({ db, user, params }) =>
    db.tx(async (tx) => taskDetail(tx, deps, await found(tx, user, params.taskId), user)),
  )
  route('POST /api/tasks/:taskId/claim', async ({ db, user, params }) => {
    await claimTask(...at(db, { taskId: params.taskId, user }))
    return found(db, user, params.taskId)
  })
  route('POST /api/tasks/:taskId/unclaim', async ({ db, user, params }) => {
    await unclaimTask(...at(db, { taskId: params.taskId, user }))
    return found(db, user, params.taskId)
  })
  route('PUT /api/tasks/:taskId/draft', async ({ db, user, params, body }) => {
    await saveDraft(...at(db, { taskId: params.taskId, user, draft: body.draft }))
    return { draftSavedAt: deps.clock.now() }
  })
  route('POST /api/tasks/:taskId/refresh', async ({ db, user, params }) => {
    await refreshTask(...at(db, { taskId: params.taskId, user }))
    return listOf(db, params.taskId)
  })
  route('POST /api/tasks/:taskId/letters', async ({ db, user, params, body }) => {
    const done = await makeAlone(...at(db, { taskId: params.taskId, user, rowNos: body.rows }))
    const { flow } = await found(db, user, params.taskId)
    const label = (code: string): string => deps.registry.flow(flow).words?.reasons[code] ?? code
    return {
      made: done.made.length,
      still: done.still.map(({ rowNo, reason }) => ({ rowNo, code: reason, label: label(reason) })),
      ...(await listOf(db, params.taskId)),
    }
  })
  route('POST /api/tasks/:taskId/complete', async ({ db, user, params, body }) => {
    await completeTask(...at(db, { taskId: params.taskId, user, body: decisionOf(body) }))
    return decided(db, user, params.taskId)
  })
  route('POST /api/tasks/:taskId/propose', async ({ db, user, params, body }) => {
    await proposeTask(...at(db, { taskId: params.taskId, user, body: decisionOf(body) }))
    return decided(db, user, params.taskId)
  })
  route('POST /api/tasks/:taskId/release', async ({ db, user, params, body }) => {
    await releaseTask(...at(db, { taskId: params.taskId, user, body: decisionOf(body) }))
    return decided(db, user, params.taskId)
  })

  /** The task's list as it is now, for the next decision. */
  async function listOf(db: Database, taskId: string) {
    const sheet = await db.one<{ id: bigint | null; count: bigint | null }>(
      `select w.id, w.row_count as count from tasks t left join worksheets w on w.id = t.worksheet_id where t.id = $1`,
      [taskId],
    )
    return {
      worksheetId: sheet.id === null ? null : `${sheet.id}`,
      hash: sheet.id === null ? null : await worksheetHash(db, sheet.id),
      count: sheet.count === null ? null : Number(sheet.count),
    }
  }

  async function page(sql: Sql, user: CurrentUser, asked: Page) {
    const { sort, limit = 50, cursor, offset, ...filter } = asked
    const request: TaskRequest = {
      filter,
      limit,
      ...(sort === undefined ? {} : { sort }),
      ...(cursor === undefined ? {} : { cursor }),
      ...(offset === undefined ? {} : { offset }),
    }
    const listed = await listTasks(sql, viewerOf(user), await deadlinesOf(sql, deps.clock.today()), request)
    return { ...listed, dataAgeMs: await engineAge(sql), at: deps.clock.now() }
  }

  async function found(sql: Sql, user: CurrentUser, taskId: string): Promise<TaskView> {
    const task = await findTask(sql, viewerOf(user), await deadlinesOf(sql, deps.clock.today()), taskId)
    if (task === null) throw new Fault('TASK-001')
    return task
  }

  async function decided(sql: Sql, user: CurrentUser, taskId: string) {
    const { state, isProposed } = await found(sql, user, taskId)
    return { taskId, state, isProposed }
  }

  /** 次の1件: the most urgent one nobody has. Two who press at once get two tasks. */
  async function takeNext(db: Database, user: CurrentUser, flow: string | undefined): Promise<TaskView | null> {
    const viewer = viewerOf(user)
    const deadlines = await deadlinesOf(db, deps.clock.today())
    const filter: TaskFilter = { view: 'can', assignee: 'none', ...(flow === undefined ? {} : { flow }) }
    const { items } = await listTasks(db, viewer, deadlines, { filter, sort: 'dueOn', limit: 20 })
    for (const { taskId } of items) {
      try {
        await claimTask({ ...deps, db }, { taskId, user })
        return await found(db, user, taskId)
      } catch (error) {
        if (!(error instanceof Fault) || !['TASK-002', 'TASK-003'].includes(error.code)) throw error
      }
    }
    return null
  }
}

/** hash and count are null where the screen showed no list. */
const decisionOf = (body: {
  readonly decision: string
  readonly hash?: string | null
  readonly count?: number | null
}): DecisionBody => ({
  ...body,
  hash: body.hash ?? null,
  count: body.count ?? null,
})

const viewerOf = (user: CurrentUser): Viewer => ({ user, groups: groupsOf(user.roles) })
