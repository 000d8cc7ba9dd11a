import { Type } from 'typebox'
import {
  closedObject,
  CountNumber,
  guarded,
  IdText,
  Instant,
  nullable,
  oneOf,
  pageOf,
  paging,
  Uuid,
  type RouteTable,
} from '#access/route-schema.ts'
import { ListVersion } from './worksheet.schema.ts'

/** 添付. Under 抑止 its name and why it was withdrawn are masked: either may tell an address. */
export const Attachment = closedObject({
  attachmentId: IdText,
  taskId: Uuid,
  step: Type.String({ description: '002' }),
  type: oneOf(['pdf', 'png', 'jpeg', 'xlsx', 'text']),
  typeLabel: Type.String(),
  name: guarded,
  byteSize: CountNumber,
  sha256: Type.String(),
  addedBy: Type.String(),
  addedAt: Instant,
  /** Whom it is about; null: the task as a whole. */
  person: nullable(closedObject({ insuredId: IdText, insuredNo: Type.String(), personName: Type.String() })),
  isProtected: Type.Boolean(),
  withdrawn: nullable(closedObject({ by: Type.String(), at: Instant, reason: guarded })),
  /** Whether this person may open it as it is, with a reason, or take it back. */
  canOpen: Type.Boolean(),
  canDisclose: Type.Boolean(),
  canWithdraw: Type.Boolean(),
})

const task = closedObject({ taskId: Uuid })
const one = closedObject({ taskId: Uuid, attachmentId: IdText })
const reason = Type.String({ minLength: 5, maxLength: 200 })
const page = closedObject({ limit: paging.limit, offset: paging.offset })

export const attachmentRoutes = {
  'GET /api/tasks/:taskId/attachments': {
    summary: '作業の添付',
    params: task,
    query: page,
    reply: pageOf(Attachment),
  },
  'GET /api/runs/:runId/attachments': {
    summary: '処理の添付',
    params: closedObject({ runId: Uuid }),
    query: page,
    reply: pageOf(Attachment),
  },
  /** multipart/form-data: fields `name` and, about the person of a row, `rowNo` and the `version` of the list it was read from; then part `file`. */
  'POST /api/tasks/:taskId/attachments': {
    summary: '添付する(PDF・PNG・JPEG・Excel・CSV・テキスト、50MBまで)',
    params: task,
    parts: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 255 }),
      rowNo: Type.Optional(Type.Integer({ minimum: 1 })),
      version: Type.Optional(ListVersion),
      file: Type.String({ format: 'binary' }),
    }),
    reply: Attachment,
    status: 201,
    idempotent: true,
  },
  'GET /api/tasks/:taskId/attachments/:attachmentId/content': {
    summary: '添付を保存する',
    params: one,
    stream: 'application/octet-stream',
  },
  'POST /api/tasks/:taskId/attachments/:attachmentId/disclose': {
    summary: '支援措置の対象者に関わる添付を理由を書いて保存する',
    params: one,
    body: closedObject({ reason }),
    stream: 'application/octet-stream',
  },
  'POST /api/tasks/:taskId/attachments/:attachmentId/withdraw': {
    summary: '添付を取り下げる',
    params: one,
    body: closedObject({ reason }),
    reply: Attachment,
    idempotent: true,
  },
} as const satisfies RouteTable
