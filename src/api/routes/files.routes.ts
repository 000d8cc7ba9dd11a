import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { Fault } from '#kernel/faults.ts'
import type { LogLine } from '#kernel/log-line.ts'
import { appendEvent } from '#audit/append.ts'
import { decodeCursor, encodeCursor } from '#access/cursor.ts'
import { asDownload } from '#access/download.ts'
import type { Register } from '#access/route.ts'
import { wholePart } from '#access/upload-part.ts'
import type { Sql } from '#db/database.ts'
import {
  fileErrors,
  listFiles,
  openContent,
  readFile,
  refusalNext,
  type FileFilter,
  type FileView,
} from '#intake/files.ts'
import { actorOf } from '#runtime/actor.ts'
import type { Api } from '../contract.ts'
import type { ApiDeps } from '../deps.ts'
import type { FileInfo } from './files.schema.ts'

type Info = Static<typeof FileInfo>

/** ファイル: received, read in the background, looked at, taken out again. */
export function fileRoutes(route: Register<Api>, deps: ApiDeps, background: Background): void {
  route('GET /api/files/kinds', async () => ({
    items: (['in', 'out'] as const).flatMap((direction) =>
      deps.profiles.kinds(direction).map(({ kind, title }) => ({ kind, label: title, direction })),
    ),
  }))
  route('GET /api/files', async ({ db, query }) => {
    const { limit = 50, cursor, direction, kind, status } = query
    const after = cursor === undefined ? undefined : decodeCursor(cursor, 2)
    const filter: FileFilter = {
      limit: limit + 1,
      ...(direction === undefined ? {} : { direction }),
      ...(kind === undefined ? {} : { kind }),
      ...(status === undefined ? {} : { status }),
      ...(after === undefined ? {} : { after: { receivedAt: String(after[0]), fileId: String(after[1]) } }),
    }
    const { items, total } = await listFiles(db, filter)
    const page = items.slice(0, limit)
    const last = page.at(-1)
    return {
      items: await infosOf(db, page),
      total: Number(total),
      nextCursor: items.length > limit && last ? encodeCursor([last.receivedAt, last.fileId]) : null,
    }
  })
  route('POST /api/files', async ({ request, user }) => {
    const { kind, name, bytes } = await uploadOf(request, deps)
    const fileId = await deps.intake.receiveFile(bytes, kind, name, actorOf(user))
    background.run(deps.intake.processFile(fileId), `file ${fileId}`)
    const { status, accepted, rejected } = await readFile(deps.db, fileId)
    return { fileId, status, accepted: numberOf(accepted), rejected: numberOf(rejected) }
  })
  route('GET /api/files/:fileId', async ({ db, params }) => {
    const [info] = await infosOf(db, [await readFile(db, params.fileId)])
    if (info === undefined) throw new Fault('REQ-002')
    return info
  })
  route('GET /api/files/:fileId/errors', async ({ db, user, params, query }) => {
    const { limit = 50, cursor, offset = 0 } = query
    const after = cursor === undefined ? offset : Number(decodeCursor(cursor, 1)[0])
    return db.tx(async (tx) => {
      const { items, total } = await fileErrors(tx, params.fileId, { after, limit: limit + 1 })
      const page = items.slice(0, limit)
      await appendEvent(tx, {
        at: deps.clock.now(),
        kind: 'read',
        actor: actorOf(user),
        subjects: [{ kind: 'file', id: params.fileId }],
        payload: { what: 'ファイルの誤り', count: page.length },
      })
      const last = page.at(-1)
      return {
        items: page.map((error) => ({ ...error, line: Number(error.line) })),
        total: Number(total),
        nextCursor: items.length > limit && last ? encodeCursor([last.number]) : null,
      }
    })
  })
  route('GET /api/files/:fileId/content', async ({ db, user, params, reply }) => {
    const { name, lines, kind, direction } = await readFile(db, params.fileId)
    if (isGuarded(kind, direction) && !user.roles.includes('kakaricho')) throw new Fault('AUTH-002')
    const content = await openContent(db, deps.files, params.fileId)
    await db.tx((tx) =>
      appendEvent(tx, {
        at: deps.clock.now(),
        kind: 'output',
        actor: actorOf(user),
        subjects: [{ kind: 'file', id: params.fileId }],
        payload: { what: 'ファイル', count: Number(lines ?? 0n) },
      }),
    )
    void asDownload(reply, name)
    return content
  })

  /** A file with protected columns names what 支援措置 keeps secret: for a 係長 only, as in 被保険者照会. */
  const isGuarded = (kind: string, direction: 'in' | 'out'): boolean =>
    deps.profiles.kinds(direction).some((one) => one.kind === kind && one.columns.some((column) => column.isProtected))

  async function infosOf(sql: Sql, files: readonly FileView[]): Promise<Info[]> {
    const rows = await sql.rows<{ id: string; receivedBy: string | null; runNumber: string | null }>(
      `select f.id, s.name as "receivedBy", r.number as "runNumber" from files f
       left join users u on u.id = f.received_by left join staff s on s.id = u.staff_id left join runs r on r.id = f.run_id
       where f.id = any($1::uuid[])`,
      [files.map(({ fileId }) => fileId)],
    )
    const beside = new Map(rows.map((row) => [row.id, row]))
    const labels = new Map(
      (['in', 'out'] as const)
        .flatMap((direction) => deps.profiles.kinds(direction))
        .map(({ kind, title }) => [kind, title]),
    )
    return files.map((file) => ({
      fileId: file.fileId,
      direction: file.direction,
      kind: file.kind,
      kindLabel: labels.get(file.kind) ?? file.kind,
      name: file.name,
      status: file.status,
      byteSize: numberOf(file.byteSize),
      sha256: file.sha256,
      lines: numberOf(file.lines),
      accepted: numberOf(file.accepted),
      rejected: numberOf(file.rejected),
      receivedAt: file.receivedAt,
      finishedAt: file.finishedAt,
      receivedBy: beside.get(file.fileId)?.receivedBy ?? null,
      runId: file.runId,
      runNumber: beside.get(file.fileId)?.runNumber ?? null,
      refusal: refusalOf(file),
    }))
  }
}

const numberOf = (value: bigint | null): number | null => (value === null ? null : Number(value))

const refusalOf = (file: FileView): Info['refusal'] =>
  file.refusalCode === null
    ? null
    : { code: file.refusalCode, message: file.refusalMessage ?? '', next: refusalNext(file) }

/** Work that goes on after the answer; the process waits for it when it ends. */
export interface Background {
  run(work: Promise<unknown>, what: string): void
  settled(): Promise<void>
}

export function backgroundWork(log: LogLine): Background {
  const open = new Set<Promise<unknown>>()
  return {
    run(work, what) {
      const watched = work
        .catch((error: unknown) =>
          log(`${what} failed: ${error instanceof Error ? error.name : 'unknown'}`, { level: 'error' }),
        )
        .finally(() => open.delete(watched))
      open.add(watched)
    },
    async settled() {
      await Promise.all(open)
    },
  }
}

interface Upload {
  readonly kind: string
  readonly name: string
  readonly bytes: AsyncIterable<Uint8Array>
}

/** Field `kind`, then part `file`. A file that comes before its kind is kept first and read again. */
async function uploadOf(request: FastifyRequest, deps: ApiDeps): Promise<Upload> {
  if (!request.isMultipart())
    throw new Fault('REQ-001', { detail: 'multipart/form-data で kind と file を送ってください。' })
  let early: { readonly name: string; readonly sha256: string } | undefined
  let kind: string | undefined
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      if (part.fieldname === 'kind' && typeof part.value === 'string') kind = part.value
      if (early !== undefined && kind !== undefined)
        return { kind, name: early.name, bytes: deps.files.read(early.sha256) }
    } else if (part.fieldname !== 'file')
      throw new Fault('REQ-001', { detail: `${part.fieldname} この項目はありません。` })
    else if (kind !== undefined) return { kind, name: nameOf(part), bytes: wholePart(part) }
    else early = { name: nameOf(part), sha256: (await deps.files.putStream(wholePart(part))).sha256 }
  }
  throw new Fault('REQ-001', { detail: 'kind と file の両方が必須です。' })
}

const nameOf = (part: MultipartFile): string => part.filename.split(/[/\\]/).at(-1)?.slice(0, 200) || '(名前なし)'
