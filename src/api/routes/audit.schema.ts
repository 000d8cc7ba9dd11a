import { Type } from 'typebox'
import {
  closedObject,
  CountNumber,
  Day,
  IdText,
  Instant,
  nullable,
  oneOf,
  paging,
  Uuid,
  type RouteTable,
} from '#access/route-schema.ts'

/** 種類 of the left rail. */
export const auditCategories = [
  'read',
  'change',
  'approve',
  'refused',
  'disclose',
  'output',
  'receive',
  'failed',
  'session',
  'system',
] as const

export const AuditLine = closedObject({
  eventId: IdText,
  at: Instant,
  kind: Type.String(),
  category: oneOf(auditCategories),
  label: Type.String({ description: '閲覧・変更・承認・拒否 …' }),
  actor: Type.String(),
  terminal: Type.String(),
  /** なにを */
  subject: Type.String(),
  /** 内容 */
  summary: Type.String(),
  runId: nullable(Uuid),
  runNumber: nullable(Type.String()),
  taskId: nullable(Uuid),
  sealNumber: nullable(IdText),
})

export const AuditDetail = closedObject({
  ...AuditLine.properties,
  why: nullable(Type.String()),
  changes: Type.Array(
    closedObject({ name: Type.String(), before: nullable(Type.String()), after: nullable(Type.String()) }),
  ),
  /** What a person typed about somebody under 抑止 is 伏せている: why, changes and payload are not here. */
  isMasked: Type.Boolean(),
  /** Canonical JSON text whose hash is sealed. */
  payload: nullable(Type.String()),
  hash: Type.String(),
  previousHash: nullable(Type.String()),
  sealHash: nullable(Type.String()),
  sealedAt: nullable(Instant),
})

const filter = {
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  actor: Type.Optional(Type.String({ maxLength: 60, description: 'login' })),
  terminal: Type.Optional(Type.String({ maxLength: 60 })),
  category: Type.Optional(Type.String({ maxLength: 200, description: 'コンマ区切り' })),
  runId: Type.Optional(Uuid),
  taskId: Type.Optional(Uuid),
}
const AuditPage = closedObject({
  items: Type.Array(AuditLine),
  total: CountNumber,
  nextCursor: nullable(Type.String()),
  at: Instant,
})

export const auditRoutes = {
  'GET /api/audit': { summary: '監査の記録', query: closedObject({ ...filter, ...paging }), reply: AuditPage },
  'POST /api/audit/search': {
    summary: '監査の記録を被保険者番号・処理番号・通知書番号で探す',
    body: closedObject({ ...filter, ...paging, subject: Type.String({ minLength: 1, maxLength: 60 }) }),
    reply: AuditPage,
  },
  'GET /api/audit/state': {
    summary: '封印の状態',
    reply: closedObject({
      events: CountNumber,
      sealed: CountNumber,
      lastNumber: nullable(IdText),
      lastHash: nullable(Type.String()),
      lastSealedAt: nullable(Instant),
      dayHeads: Type.Array(closedObject({ day: Day, lastNumber: IdText, hash: Type.String() })),
    }),
  },
  'POST /api/audit/verify': {
    summary: '記録を検証する',
    reply: closedObject({
      isSound: Type.Boolean(),
      checked: CountNumber,
      unsealed: CountNumber,
      /** The first bad row, in words; null when sound. */
      firstBad: nullable(closedObject({ number: IdText, eventId: IdText, message: Type.String() })),
      at: Instant,
    }),
  },
  'GET /api/audit/export': {
    summary: '監査の記録の書き出し(サーバーなしで検証できるファイル)',
    query: closedObject({ from: Type.Optional(Day), to: Type.Optional(Day) }),
    stream: 'application/x-ndjson',
  },
  'GET /api/audit/:eventId': {
    summary: '監査の記録1件',
    params: closedObject({ eventId: IdText }),
    reply: AuditDetail,
  },
} as const satisfies RouteTable
