import { randomUUID } from 'node:crypto'
import iconv from 'iconv-lite'
import type { Clock } from '#kernel/clock.ts'
import { Fault } from '#kernel/faults.ts'
import type { Tx } from '#db/database.ts'
import type { FileStore } from '#runtime/file-store.ts'
import { profileHash } from './profiles.ts'
import type { Profile } from './profile.ts'

/** One value of an outgoing line; yen as bigint, dates and codes as text, null = empty. */
export type OutgoingValue = string | number | bigint | null
/** A line by our field names. */
export type OutgoingRow = Readonly<Record<string, OutgoingValue>>

export interface OutgoingFile {
  readonly fileId: string
  readonly sha256: string
  readonly byteSize: number
  readonly lineCount: number
}

const LINE_ENDS = { crlf: '\r\n', lf: '\n' } as const
const NEEDS_QUOTES = /[",\r\n]/
const cell = (text: string): string => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Our value → what the file says: codes are mapped back, the rest is written as it is. */
function textWriter(column: Profile['columns'][number]): (value: OutgoingValue) => string {
  if (column.type !== 'code') return (value) => (value === null ? '' : String(value))
  const names = new Map(Object.entries(column.codes).map(([name, ours]) => [ours, name]))
  return (value) => {
    if (value === null) return ''
    const name = names.get(String(value))
    if (name === undefined) throw new Error(`profile has no code for a value of ${column.field}`)
    return name
  }
}

const ENCODINGS = { 'utf-8': 'utf8', cp932: 'cp932' } as const

/**
 * The lines of an outgoing file as bytes. CP932 is read back, because the encoder writes 「?」 for what it cannot: such a
 * value throws FILE-011 with its line and column.
 */
export async function* outgoingBytes(
  profile: Profile,
  rows: AsyncIterable<OutgoingRow> | Iterable<OutgoingRow>,
): AsyncGenerator<Buffer> {
  const end = LINE_ENDS[profile.lineEnd]
  const writers = profile.columns.map((column) => ({ column, write: textWriter(column) }))
  let line = 0
  const encode = (cells: readonly string[]): Buffer => {
    line += 1
    const bytes = iconv.encode(cells.map(cell).join(',') + end, ENCODINGS[profile.encoding])
    if (profile.encoding === 'cp932' && iconv.decode(bytes, 'cp932') !== cells.map(cell).join(',') + end) {
      const index = cells.findIndex((text) => iconv.decode(iconv.encode(text, 'cp932'), 'cp932') !== text)
      throw new Fault('FILE-011', { line, column: profile.columns[index]?.name ?? '', encoding: 'CP932' })
    }
    return bytes
  }
  if (profile.header) yield encode(profile.columns.map((column) => column.name))
  for await (const row of rows)
    yield encode(
      writers.map(({ column, write }) => {
        const value = row[column.field] ?? null
        if (value === null && column.required === true)
          throw new Error(`outgoing ${profile.kind}: ${column.field} is missing in line ${line + 1}`)
        return write(value)
      }),
    )
}

/**
 * 送付ファイル: writes rows by an outgoing profile, keeps the bytes under their hash and records the file in the caller's
 * transaction. Equal rows give equal bytes.
 */
export async function writeOutgoing(
  tx: Tx,
  context: { readonly store: FileStore; readonly clock: Clock },
  file: { readonly profile: Profile; readonly name: string; readonly runId: string | null },
  rows: AsyncIterable<OutgoingRow> | Iterable<OutgoingRow>,
): Promise<OutgoingFile> {
  let lineCount = 0
  async function* counted(): AsyncGenerator<OutgoingRow> {
    for await (const row of rows) {
      lineCount += 1
      yield row
    }
  }
  const { sha256, byteSize } = await context.store.putStream(outgoingBytes(file.profile, counted()))
  const fileId = randomUUID()
  const at = context.clock.now()
  await tx.run(
    `insert into files (id, direction, kind, name, sha256, byte_size, state, profile_sha256, line_count, accepted_count,
       rejected_count, received_at, finished_at, run_id)
     values ($1, 'out', $2, $3, $4, $5, 'accepted', $6, $7, $7, 0, $8, $8, $9)`,
    [fileId, file.profile.kind, file.name, sha256, byteSize, profileHash(file.profile), lineCount, at, file.runId],
  )
  return { fileId, sha256, byteSize, lineCount }
}
