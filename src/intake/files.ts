import type { ReadStream } from 'node:fs'
import type { Sql } from '#db/database.ts'
import { Fault, FAULTS } from '#kernel/faults.ts'
import { openStored, type FileStore } from '#runtime/file-store.ts'

export type FileState = 'received' | 'reading' | 'accepted' | 'refused'

/** ファイル as the office sees it. Counts are null until it has been read. */
export interface FileView {
  readonly fileId: string
  readonly direction: 'in' | 'out'
  readonly kind: string
  readonly name: string
  readonly status: FileState
  readonly sha256: string | null
  readonly byteSize: bigint | null
  readonly lines: bigint | null
  readonly accepted: bigint | null
  readonly rejected: bigint | null
  readonly receivedBy: bigint | null
  readonly receivedAt: string
  readonly finishedAt: string | null
  readonly refusalCode: string | null
  /** わけ; what to do next: `refusalNext`. */
  readonly refusalMessage: string | null
  readonly runId: string | null
}

export interface FileErrorView {
  readonly number: number
  readonly line: bigint
  readonly field: string | null
  readonly value: string | null
  readonly code: string
  readonly message: string
  readonly next: string
}

const VIEW = `select id as "fileId", direction, kind, name, state as status, sha256, byte_size as "byteSize",
  line_count as lines, accepted_count as accepted, rejected_count as rejected, received_by as "receivedBy",
  received_at as "receivedAt", finished_at as "finishedAt", refusal_code as "refusalCode",
  refusal_message as "refusalMessage", run_id as "runId" from files`

/** 次にすること of a refused file; empty when it was not refused. */
export const refusalNext = ({ refusalCode }: FileView): string =>
  Object.entries(FAULTS).find(([code]) => code === refusalCode)?.[1].next ?? ''

/** One file. Throws FILE-007. */
export async function readFile(sql: Sql, fileId: string): Promise<FileView> {
  const file = await sql.maybe<FileView>(`${VIEW} where id = $1`, [fileId])
  if (file === null) throw new Fault('FILE-007')
  return file
}

export interface FileFilter {
  readonly direction?: 'in' | 'out'
  readonly kind?: string
  readonly status?: FileState
  readonly limit: number
  /** `receivedAt` and `fileId` of the last row of the page before. */
  readonly after?: { readonly receivedAt: string; readonly fileId: string }
}

/** ファイルの一覧, newest first, keyset pages. */
export async function listFiles(sql: Sql, filter: FileFilter): Promise<{ items: FileView[]; total: bigint }> {
  const given = [filter.direction ?? null, filter.kind ?? null, filter.status ?? null]
  const where = `($1::text is null or direction = $1) and ($2::text is null or kind = $2) and ($3::text is null or state = $3)`
  const { total } = await sql.one<{ total: bigint }>(`select count(*) as total from files where ${where}`, given)
  const items = await sql.rows<FileView>(
    `${VIEW} where ${where} and ($4::timestamptz is null or (received_at, id) < ($4, $5::uuid))
     order by received_at desc, id desc limit $6`,
    [...given, filter.after?.receivedAt ?? null, filter.after?.fileId ?? null, filter.limit],
  )
  return { items, total }
}

/** 行の誤り of a file from `number` on. */
export async function fileErrors(
  sql: Sql,
  fileId: string,
  page: { readonly after: number; readonly limit: number },
): Promise<{ items: FileErrorView[]; total: bigint }> {
  await readFile(sql, fileId)
  const { total } = await sql.one<{ total: bigint }>(`select count(*) as total from file_errors where file_id = $1`, [
    fileId,
  ])
  const items = await sql.rows<FileErrorView>(
    `select number, line, field, value, code, message, next from file_errors
     where file_id = $1 and number > $2 order by number limit $3`,
    [fileId, page.after, page.limit],
  )
  return { items, total }
}

/** The kept bytes of a file. Throws FILE-007, or FILE-008 when the store has lost them. */
export async function openContent(sql: Sql, store: FileStore, fileId: string): Promise<ReadStream> {
  const { sha256 } = await readFile(sql, fileId)
  if (sha256 === null) throw new Fault('FILE-008')
  return openStored(store, sha256)
}
