import { Type } from 'typebox'
import {
  closedObject,
  CountNumber,
  Instant,
  nullable,
  oneOf,
  pageOf,
  paging,
  Uuid,
  type RouteTable,
} from '#access/route-schema.ts'

const fileStates = ['received', 'reading', 'accepted', 'refused'] as const

/** A file in or out. Counts are null until it has been read. */
export const FileInfo = closedObject({
  fileId: Uuid,
  direction: oneOf(['in', 'out']),
  kind: Type.String(),
  kindLabel: Type.String(),
  name: Type.String(),
  status: oneOf(fileStates),
  byteSize: nullable(CountNumber),
  sha256: nullable(Type.String()),
  lines: nullable(CountNumber),
  accepted: nullable(CountNumber),
  rejected: nullable(CountNumber),
  receivedAt: Instant,
  finishedAt: nullable(Instant),
  receivedBy: nullable(Type.String()),
  runId: nullable(Uuid),
  runNumber: nullable(Type.String()),
  refusal: nullable(closedObject({ code: Type.String(), message: Type.String(), next: Type.String() })),
})

/** A refused line. */
export const FileError = closedObject({
  number: Type.Integer(),
  line: Type.Integer(),
  field: nullable(Type.String()),
  value: nullable(Type.String()),
  code: Type.String(),
  message: Type.String(),
  next: Type.String(),
})

const fileId = closedObject({ fileId: Uuid })

export const fileRoutes = {
  'GET /api/files/kinds': {
    summary: 'ファイルの種類',
    reply: closedObject({
      items: Type.Array(closedObject({ kind: Type.String(), label: Type.String(), direction: oneOf(['in', 'out']) })),
    }),
  },
  'GET /api/files': {
    summary: 'ファイルの一覧',
    query: closedObject({
      direction: Type.Optional(oneOf(['in', 'out'])),
      kind: Type.Optional(Type.String({ maxLength: 40 })),
      status: Type.Optional(oneOf(fileStates)),
      ...paging,
    }),
    reply: pageOf(FileInfo),
  },
  /** multipart/form-data: field `kind`, then part `file`. */
  'POST /api/files': {
    summary: 'ファイルを受け入れる',
    parts: Type.Object({ kind: Type.String(), file: Type.String({ format: 'binary' }) }),
    reply: closedObject({
      fileId: Uuid,
      status: oneOf(fileStates),
      accepted: nullable(CountNumber),
      rejected: nullable(CountNumber),
    }),
    status: 202,
    idempotent: true,
  },
  'GET /api/files/:fileId': { summary: 'ファイル', params: fileId, reply: FileInfo },
  'GET /api/files/:fileId/errors': {
    summary: '受け入れなかった行',
    params: fileId,
    query: closedObject({ ...paging }),
    reply: pageOf(FileError),
  },
  'GET /api/files/:fileId/content': { summary: 'ファイルの中身', params: fileId, stream: 'application/octet-stream' },
  'GET /api/documents/:documentId': {
    summary: '文書(PDF): print-… 印刷ファイル、notice-… 通知1通',
    params: closedObject({
      documentId: Type.String({ pattern: '^(print|notice|resend)-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }),
    }),
    stream: 'application/pdf',
  },
} as const satisfies RouteTable
