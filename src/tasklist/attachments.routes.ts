import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import { pageAt } from '#access/cursor.ts'
import { asDownload } from '#access/download.ts'
import type { Register } from '#access/route.ts'
import { wholePart } from '#access/upload-part.ts'
import type { CurrentUser } from '#access/users.ts'
import type { Database, Tx } from '#db/database.ts'
import { actorOf } from '#runtime/actor.ts'
import { attach, type AttachedRow } from '#runtime/attachments/attach.ts'
import { withdrawAttachment } from '#runtime/attachments/withdraw.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import { openStored } from '#runtime/file-store.ts'
import type { attachmentRoutes as table } from './attachments.schema.ts'
import {
  attachmentOf,
  attachmentsOf,
  attachmentView,
  maySeeWithdrawn,
  type StoredAttachment,
} from './queries/attachments.ts'

/** A scan of a hundred pages. */
const FILE_BYTES = 50 * 1024 ** 2
/** A name of 255 characters, in UTF-8. */
const NAME_BYTES = 1024

/** 添付: added, listed, saved, withdrawn. Every look is an event in the transaction of the reading. */
export function attachmentRoutes(route: Register<typeof table>, deps: RuntimeDeps): void {
  route('GET /api/tasks/:taskId/attachments', ({ db, user, params, query }) =>
    db.tx(async (tx) => {
      const task = await tx.maybe<{ runId: string | null }>(`select run_id as "runId" from tasks where id = $1`, [
        params.taskId,
      ])
      if (task === null) throw new Fault('TASK-001')
      return list(tx, user, { taskId: params.taskId }, { ...query, runId: task.runId })
    }),
  )
  route('GET /api/runs/:runId/attachments', ({ db, user, params, query }) =>
    db.tx(async (tx) => {
      if ((await tx.maybe(`select 1 from runs where id = $1`, [params.runId])) === null) throw new Fault('RUN-001')
      return list(tx, user, { runId: params.runId }, { ...query, runId: params.runId })
    }),
  )
  route('POST /api/tasks/:taskId/attachments', async ({ db, user, params, request }) => {
    const id = await attach({ ...deps, db }, { taskId: params.taskId, user, ...(await uploadOf(request)) })
    return viewOf(db, user, { taskId: params.taskId, attachmentId: `${id}` })
  })
  route('GET /api/tasks/:taskId/attachments/:attachmentId/content', async ({ db, user, params, reply }) => {
    const found = await stored(db, user, params)
    if (found.isProtected) throw new Fault('TASK-021')
    const bytes = await openStored(deps.files, found.sha256)
    await db.tx((tx) =>
      appendEvent(tx, {
        ...about(found, user),
        kind: 'output',
        payload: { what: '添付', count: 1, detail: { attachmentId: found.attachmentId } },
      }),
    )
    void asDownload(reply, found.name)
    return bytes
  })
  route('POST /api/tasks/:taskId/attachments/:attachmentId/disclose', async ({ db, user, params, body, reply }) => {
    const found = await stored(db, user, params)
    const bytes = await openStored(deps.files, found.sha256)
    await db.tx((tx) =>
      appendEvent(tx, {
        ...about(found, user),
        kind: 'disclosed',
        payload: { reason: body.reason, fields: ['attachment'], attachmentId: found.attachmentId },
      }),
    )
    void asDownload(reply, found.name)
    return bytes
  })
  route('POST /api/tasks/:taskId/attachments/:attachmentId/withdraw', async ({ db, user, params, body }) => {
    const { taskId, attachmentId } = params
    const act = { taskId, attachmentId: BigInt(attachmentId), reason: body.reason, user }
    await withdrawAttachment({ ...deps, db }, act)
    return viewOf(db, user, params)
  })

  async function list(
    tx: Tx,
    user: CurrentUser,
    of: { readonly taskId: string } | { readonly runId: string },
    asked: { readonly limit?: number; readonly offset?: number; readonly runId: string | null },
  ) {
    const { limit = 50, offset = 0, runId } = asked
    const { items, total } = await attachmentsOf(tx, of, { today: deps.clock.today(), limit, offset })
    await appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'read',
      actor: actorOf(user),
      runId,
      taskId: 'taskId' in of ? of.taskId : null,
      subjects: peopleOf(items),
      payload: { what: '添付の一覧', count: items.length },
    })
    return pageAt(offset, { items: items.map((one) => attachmentView(one, user)), total })
  }

  /** Throws TASK-019, and TASK-022 for what was withdrawn. */
  async function stored(db: Database, user: CurrentUser, at: One): Promise<StoredAttachment> {
    const found = await attachmentOf(db, at, deps.clock.today())
    if (found === null) throw new Fault('TASK-019')
    if (found.withdrawnAt !== null && !maySeeWithdrawn(user)) throw new Fault('TASK-022')
    return found
  }

  async function viewOf(db: Database, user: CurrentUser, at: One) {
    const found = await attachmentOf(db, at, deps.clock.today())
    if (found === null) throw new Fault('TASK-019')
    return attachmentView(found, user)
  }

  const about = (found: StoredAttachment, user: CurrentUser) => ({
    at: deps.clock.now(),
    actor: actorOf(user),
    runId: found.runId,
    taskId: found.taskId,
    subjects: peopleOf([found]),
  })
}

interface One {
  readonly taskId: string
  readonly attachmentId: string
}

const peopleOf = (items: readonly StoredAttachment[]) =>
  [...new Set(items.flatMap(({ insuredId }) => insuredId ?? []))].map((id) => ({ kind: 'insured' as const, id }))

/** Fields `name`, `rowNo` and `version`, then part `file`: the name of the part itself is rewritten by browsers and not used. */
async function uploadOf(request: FastifyRequest) {
  if (!request.isMultipart())
    throw new Fault('REQ-001', { detail: 'multipart/form-data で name と file を送ってください。' })
  let name: string | null = null
  const row: { -readonly [K in keyof AttachedRow]?: number } = {}
  for await (const part of request.parts({ limits: { fileSize: FILE_BYTES, fieldSize: NAME_BYTES } })) {
    if (part.type === 'file') {
      if (part.fieldname !== 'file') throw unknown(part)
      if (name === null) throw new Fault('REQ-001', { detail: 'name を file より先に送ってください。' })
      return { name, row: rowOf(row), bytes: wholePart(part) }
    }
    if (typeof part.value !== 'string' || part.valueTruncated)
      throw new Fault('REQ-001', { detail: `${part.fieldname} 長すぎます。` })
    if (part.fieldname === 'name') name = part.value
    else if (isRowField(part.fieldname) && /^[1-9]\d{0,8}$/.test(part.value)) row[part.fieldname] = Number(part.value)
    else throw unknown(part)
  }
  throw new Fault('REQ-001', { detail: 'name と file の両方が必須です。' })
}

const isRowField = (name: string): name is keyof AttachedRow => name === 'rowNo' || name === 'version'

/** A number of a row means a person only together with the 版 it was read from. */
function rowOf({ rowNo, version }: Partial<AttachedRow>): AttachedRow | null {
  if (rowNo === undefined && version === undefined) return null
  if (rowNo === undefined || version === undefined)
    throw new Fault('REQ-001', { detail: 'rowNo と、その行を読んだ一覧の version を一緒に送ってください。' })
  return { rowNo, version }
}

const unknown = ({ fieldname }: Pick<MultipartFile, 'fieldname'>): Fault =>
  new Fault('REQ-001', { detail: `${fieldname} この項目は受け取れません。` })
