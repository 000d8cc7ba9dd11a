import { appendEvent } from '#audit/append.ts'
import { pageAt } from '#access/cursor.ts'
import type { AuditEvent } from '#audit/events.ts'
import type { Register } from '#access/route.ts'
import type { CurrentUser } from '#access/users.ts'
import type { Database } from '#db/database.ts'
import { plainDateOf } from '#kernel/plain-date.ts'
import { Fault } from '#kernel/faults.ts'
import { actorOf } from '#runtime/actor.ts'
import { actOnTasks, type BulkAct } from '#runtime/bulk-tasks.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import { completeTask, proposeTask, releaseTask, type DecisionBody } from '#runtime/decide-task.ts'
import { claimTask, saveDraft, unclaimTask } from '#runtime/human.ts'
import { makeAlone } from '#runtime/make-alone.ts'
import { takeNextTask } from '#runtime/next-task.ts'
import { refreshTask } from '#runtime/refresh-task.ts'
import { worksheetHash } from '#runtime/worksheet/hash.ts'
import { readChoices } from './queries/task-choices.ts'
import { countTasks } from './queries/task-counts.ts'
import { taskHistory } from './queries/history.ts'
import { taskDetail } from './queries/task-detail.ts'
import type { TaskFilter } from './queries/task-sql.ts'
import type { TaskDesk } from './task-desk.ts'
import type { taskRoutes as table } from './tasks.schema.ts'

type Page = TaskFilter & {
  readonly sort?: string
  readonly limit?: number
  readonly cursor?: string
  readonly offset?: number
}

/** 作業一覧, 作業, and what a person does with a task. */
export function taskRoutes(route: Register<typeof table>, deps: RuntimeDeps, desk: TaskDesk): void {
  const at = <A>(db: Database, act: A) => [{ ...deps, db }, act] as const

  route('GET /api/tasks', ({ user, query }) => page(user, query))
  route('POST /api/tasks/search', async ({ db, user, body }) => {
    const found = await page(user, body)
    const event: AuditEvent = {
      at: deps.clock.now(),
      kind: 'read',
      actor: actorOf(user),
      payload: { what: '作業の検索', count: found.total, detail: { tasks: found.items.map(({ taskId }) => taskId) } },
    }
    await db.tx((tx) => appendEvent(tx, event)) // nobody sees what was found before it is told
    return found
  })
  route('GET /api/tasks/counts', async ({ user }) => {
    const [own, cells, dataAgeMs] = await Promise.all([desk.own(user), desk.cells(), desk.age()])
    return { ...countTasks(cells, own, user), dataAgeMs }
  })
  route('GET /api/tasks/choices', async ({ db, user }) => readChoices(db, user, deps.clock.today()))
  route('POST /api/tasks/bulk', async ({ db, user, body }) => {
    const outcomes = await actOnTasks({ ...deps, db }, { taskIds: body.taskIds, user, act: bulkActOf(body) })
    const results = outcomes.map(({ taskId, refusal }) => ({
      taskId,
      isDone: refusal === null,
      code: refusal?.code ?? null,
      message: refusal?.message ?? null,
      next: refusal?.next ?? null,
    }))
    const done = results.filter(({ isDone }) => isDone).length
    return { results, done, refused: results.length - done }
  })
  route('POST /api/tasks/next', async ({ db, user, body }) => {
    const taskId = await takeNextTask({ ...deps, db }, { user, flow: body.flow ?? null })
    return { task: taskId === null ? null : await desk.found(user, taskId) }
  })
  route('GET /api/tasks/:taskId', async ({ db, user, params }) => {
    const task = await desk.found(user, params.taskId)
    return db.tx((tx) => taskDetail(tx, deps, task, user))
  })
  route('GET /api/tasks/:taskId/history', async ({ db, user, params, query: { limit = 50, offset = 0 } }) => {
    const { taskId } = await desk.found(user, params.taskId)
    return db.tx(async (tx) =>
      pageAt(offset, await taskHistory(tx, taskId, { today: deps.clock.today(), limit, offset })),
    )
  })
  route('POST /api/tasks/:taskId/claim', async ({ db, user, params }) => {
    await claimTask(...at(db, { taskId: params.taskId, user }))
    return desk.found(user, params.taskId)
  })
  route('POST /api/tasks/:taskId/unclaim', async ({ db, user, params }) => {
    await unclaimTask(...at(db, { taskId: params.taskId, user }))
    return desk.found(user, params.taskId)
  })
  route('PUT /api/tasks/:taskId/draft', async ({ db, user, params, body }) => {
    await saveDraft(...at(db, { taskId: params.taskId, user, draft: body.draft, page: body.page ?? null }))
    return { draftSavedAt: deps.clock.now() }
  })
  route('POST /api/tasks/:taskId/refresh', async ({ db, user, params }) => {
    await refreshTask(...at(db, { taskId: params.taskId, user }))
    return listOf(db, params.taskId)
  })
  route('POST /api/tasks/:taskId/letters', async ({ db, user, params, body }) => {
    const done = await makeAlone(
      ...at(db, { taskId: params.taskId, user, version: body.version ?? null, rowNos: body.rows }),
    )
    const { flow } = await desk.found(user, params.taskId)
    const label = (code: string): string => deps.registry.flow(flow).words?.reasons[code] ?? code
    return {
      made: done.made.length,
      still: done.still.map(({ rowNo, reason }) => ({ rowNo, code: reason, label: label(reason) })),
      ...(await listOf(db, params.taskId)),
    }
  })
  route('POST /api/tasks/:taskId/complete', async ({ db, user, params, body }) => {
    await completeTask(...at(db, { taskId: params.taskId, user, body: decisionOf(body) }))
    return decided(user, params.taskId)
  })
  route('POST /api/tasks/:taskId/propose', async ({ db, user, params, body }) => {
    await proposeTask(...at(db, { taskId: params.taskId, user, body: decisionOf(body) }))
    return decided(user, params.taskId)
  })
  route('POST /api/tasks/:taskId/release', async ({ db, user, params, body }) => {
    await releaseTask(...at(db, { taskId: params.taskId, user, body: decisionOf(body) }))
    return decided(user, params.taskId)
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

  async function page(user: CurrentUser, asked: Page) {
    const { sort, limit = 50, cursor, offset, ...filter } = asked
    const look = await desk.look(user)
    const listed = await desk.page(look, {
      filter,
      limit,
      ...(sort === undefined ? {} : { sort }),
      ...(cursor === undefined ? {} : { cursor }),
      ...(offset === undefined ? {} : { offset }),
    })
    return { ...listed, dataAgeMs: look.ageMs, at: deps.clock.now() }
  }

  async function decided(user: CurrentUser, taskId: string) {
    const { state, isProposed } = await desk.found(user, taskId)
    return { taskId, state, isProposed }
  }
}

/** Throws REQ-001 when the act lacks what it needs. */
function bulkActOf(body: {
  readonly act: 'claim' | 'release' | 'reassign' | 'postpone'
  readonly to?: string
  readonly followUpOn?: string | null
  readonly note?: string
}): BulkAct {
  if (body.act === 'reassign') {
    if (body.to === undefined) throw new Fault('REQ-001', { detail: 'to 新しい担当を選んでください。' })
    return { act: 'reassign', to: body.to }
  }
  if (body.act === 'postpone') {
    if (body.followUpOn === undefined) throw new Fault('REQ-001', { detail: 'followUpOn 再開日を入れてください。' })
    const followUpOn = body.followUpOn === null ? null : plainDateOf(body.followUpOn) // the schema checked the format
    return { act: 'postpone', followUpOn, note: body.note ?? null }
  }
  return { act: body.act }
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
