import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import type { Register } from '#access/route.ts'
import type { CurrentUser } from '#access/users.ts'
import type { Tx } from '#db/database.ts'
import { notifyChange } from '#db/notify-change.ts'
import { actorOf } from '#runtime/actor.ts'
import { addComment } from '#runtime/comments.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import { presentPages, reportPresence } from '#runtime/presence.ts'
import type { companyRoutes as table } from './company.schema.ts'
import { commentsOf } from './queries/comments.ts'
import type { Look } from './queries/task-list.ts'
import {
  checkMaySave,
  insertView,
  removeView,
  storedViews,
  type StoredView,
  type ViewDraft,
} from './queries/task-views.ts'
import type { TaskDesk } from './task-desk.ts'

/** What people tell each other about tasks: コメント, who has one open, 表示 that are kept. */
export function companyRoutes(route: Register<typeof table>, deps: RuntimeDeps, desk: TaskDesk): void {
  route('GET /api/tasks/:taskId/comments', async ({ db, user, params }) => {
    await desk.found(user, params.taskId)
    return { items: await commentsOf(db, params.taskId, user.userId) }
  })
  route('POST /api/tasks/:taskId/comments', async ({ db, user, params, body }) => {
    const id = await addComment({ ...deps, db }, { taskId: params.taskId, text: body.text.trim(), user })
    const written = (await commentsOf(db, params.taskId, user.userId)).find(({ commentId }) => commentId === `${id}`)
    if (written === undefined) throw new Error(`comment ${id} is gone`)
    return written
  })
  route('PUT /api/tasks/:taskId/presence', async ({ db, user, params, body }) => {
    const { taskId } = params
    const task = await desk.found(user, taskId)
    const at = { taskId, page: body.page, said: body.said, isLeaving: body.isLeaving ?? false, user }
    if (await reportPresence({ ...deps, db }, at)) await notifyChange(db, { kind: 'task', taskId })
    const pages = await presentPages(db, taskId, deps.clock.now())
    const isEditor = pages.some(({ page, isEditor: may }) => may && page === body.page)
    return {
      others: pages
        .filter(({ page }) => page !== body.page)
        .map((page) => ({
          name: page.name,
          isMe: page.userId === user.userId,
          isEditor: page.isEditor,
          openedAt: page.openedAt,
        })),
      isEditor,
      reason: isEditor || task.state !== 'open' ? null : whyNot(task.assignee),
    }
  })

  route('GET /api/tasks/views', async ({ db, user }) => {
    const look = await desk.look(user)
    const items = []
    for (const view of await storedViews(db, look)) {
      const { sort: _, ...filter } = view.filter
      const { total, isTotalExact } = await desk.total(look, filter)
      items.push({ ...view, count: total, isCountExact: isTotalExact })
    }
    return { items }
  })
  route('POST /api/tasks/views', async ({ db, user, body }) => {
    const look = await desk.look(user)
    checkMaySave(look, body.unitId)
    return db.tx((tx) => save(tx, look, body))
  })
  route('PUT /api/tasks/views/:viewId', async ({ db, user, params, body }) => {
    const look = await desk.look(user)
    checkMaySave(look, body.unitId)
    return db.tx(async (tx) => {
      await removeView(tx, look, params.viewId)
      return save(tx, look, body)
    })
  })
  route('POST /api/tasks/views/:viewId/remove', async ({ db, user, params }) => {
    const look = await desk.look(user)
    return db.tx(async (tx) => {
      const view: StoredView = await removeView(tx, look, params.viewId)
      await tell(tx, user, 'task-view-removed', view.name, view.unit !== null)
      return { viewId: params.viewId }
    })
  })

  async function save(tx: Tx, look: Look, draft: ViewDraft): Promise<{ readonly viewId: string }> {
    const viewId = await insertView(tx, look, draft)
    await tell(tx, look.viewer.user, 'task-view-saved', draft.name, draft.unitId !== undefined)
    return { viewId }
  }

  async function tell(
    tx: Tx,
    user: CurrentUser,
    kind: 'task-view-saved' | 'task-view-removed',
    name: string,
    isShared: boolean,
  ): Promise<void> {
    await appendEvent(tx, { at: deps.clock.now(), kind, actor: actorOf(user), payload: { name, isShared } })
  }
}

/** Why a page only reads, in the words of the refusal that a change would get. */
function whyNot(assignee: { readonly name: string; readonly isMe: boolean } | null): string {
  if (assignee === null) return new Fault('TASK-004').message
  return assignee.isMe ? new Fault('TASK-014').message : new Fault('TASK-002', { by: assignee.name }).message
}
