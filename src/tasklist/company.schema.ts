import { Type } from 'typebox'
import {
  closedObject,
  CountNumber,
  IdText,
  Instant,
  nullable,
  oneOf,
  Uuid,
  type RouteTable,
} from '#access/route-schema.ts'
import { taskFilter, taskOrder } from './tasks.schema.ts'

/** コメント on a task: written once, never changed. */
export const TaskComment = closedObject({
  commentId: IdText,
  author: Type.String(),
  isMine: Type.Boolean(),
  text: Type.String(),
  at: Instant,
})

/** Who has a task open now, page by page. */
export const TaskPresence = closedObject({
  others: Type.Array(
    closedObject({ name: Type.String(), isMe: Type.Boolean(), isEditor: Type.Boolean(), openedAt: Instant }),
  ),
  /** Whether this page may change the task: it is mine, and no other page of mine had it open before. */
  isEditor: Type.Boolean(),
  /** Why not, in Japanese; null when it may. */
  reason: nullable(Type.String()),
})

/** 列 of the 作業一覧, in the order in which they can be shown. */
export const TASK_COLUMNS = [
  'due',
  'run',
  'step',
  'flow',
  'count',
  'yen',
  'who',
  'state',
  'year',
  'levy',
  'followUp',
  'created',
] as const
const columns = Type.Array(oneOf(TASK_COLUMNS), { minItems: 1, maxItems: TASK_COLUMNS.length, uniqueItems: true })
const savedFilter = closedObject({ ...taskFilter, ...taskOrder })

/** 表示: conditions, order and columns with a name, of a person or of a 係. */
export const TaskSavedView = closedObject({
  viewId: IdText,
  name: Type.String(),
  /** Null: my own. */
  unit: nullable(closedObject({ unitId: IdText, name: Type.String() })),
  filter: savedFilter,
  columns,
  count: CountNumber,
  isCountExact: Type.Boolean(),
  savedBy: Type.String(),
  mayChange: Type.Boolean(),
})

const taskId = closedObject({ taskId: Uuid })
const viewBody = closedObject({
  name: Type.String({ minLength: 1, maxLength: 30 }),
  /** For a 係: a 係長 of it only. */
  unitId: Type.Optional(IdText),
  filter: savedFilter,
  columns,
})

export const companyRoutes = {
  'GET /api/tasks/:taskId/comments': {
    summary: '作業のコメント',
    params: taskId,
    reply: closedObject({ items: Type.Array(TaskComment) }),
  },
  'POST /api/tasks/:taskId/comments': {
    summary: 'コメントを書く',
    params: taskId,
    body: closedObject({ text: Type.String({ minLength: 1, maxLength: 1000 }) }),
    reply: TaskComment,
    status: 201,
    idempotent: 'exact',
  },
  'PUT /api/tasks/:taskId/presence': {
    summary: '開いている画面を知らせる',
    params: taskId,
    /** said: how often this page has spoken; what a later word has overtaken is not heard. */
    body: closedObject({ page: Uuid, said: CountNumber, isLeaving: Type.Optional(Type.Boolean()) }),
    reply: TaskPresence,
  },
  'GET /api/tasks/views': {
    summary: '保存した表示と件数',
    reply: closedObject({ items: Type.Array(TaskSavedView) }),
  },
  'POST /api/tasks/views': {
    summary: '今の条件を保存する',
    body: viewBody,
    reply: closedObject({ viewId: IdText }),
    status: 201,
  },
  'PUT /api/tasks/views/:viewId': {
    summary: '表示を直す',
    params: closedObject({ viewId: IdText }),
    body: viewBody,
    reply: closedObject({ viewId: IdText }),
  },
  'POST /api/tasks/views/:viewId/remove': {
    summary: '表示をやめる',
    params: closedObject({ viewId: IdText }),
    reply: closedObject({ viewId: IdText }),
  },
} as const satisfies RouteTable
