import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Database, Tx } from '#db/database.ts'
import type { FlowDefinition } from '#runtime/flow.ts'
import type { WorksheetFilter } from '#runtime/worksheet/facets.ts'
import type { WorksheetKind } from '#runtime/worksheet/kind.ts'
import { openSheet, type WorksheetSort } from '#runtime/worksheet/read.ts'
import { readRows, type ReadRow } from '#runtime/worksheet/read-rows.ts'
import { rowView } from '../queries/worksheet-view.ts'
import { csvLines, csvMark, type CsvEncoding } from './csv-text.ts'
import type { OutputColumn } from './columns.ts'
import { outputRows } from './rows.ts'

/** Rows read and written at a time: few, so that they are gone before they count as old. */
const PAGE = 100
/** Persons named in one record of the journal. */
const PART = 10_000

export interface CsvRequest {
  readonly flow: FlowDefinition
  readonly kind: WorksheetKind
  readonly worksheetId: bigint
  readonly filter: WorksheetFilter
  readonly sort: WorksheetSort | null
  readonly columns: readonly OutputColumn[]
  readonly encoding: CsvEncoding
  readonly keepsZeros: boolean
  readonly today: string
}

/** What is about to leave: one part of the list, with its persons. `omitted` is told with the first. */
export interface CsvPart {
  readonly count: number
  readonly omitted: number
  readonly part: number
  readonly parts: number
  readonly insuredIds: readonly number[]
}

/**
 * A list of any length as CSV in flat memory: one snapshot, page by page, as fast as the reader takes it. `record` writes
 * the journal before the rows it names leave; when it throws, the file breaks off there. A reader that goes away ends it.
 */
export async function csvStream(
  db: Database,
  request: CsvRequest,
  record: (part: CsvPart) => Promise<unknown>,
): Promise<Readable> {
  // packs the list if nobody has looked at it yet: the snapshot below only reads
  await db.tx((tx) => openSheet(tx, request.kind, request.worksheetId))
  const out = new PassThrough()
  const begun = Promise.withResolvers<boolean>()
  let hasBegun = false
  db.tx(async (tx) => {
    await tx.run('set transaction isolation level repeatable read, read only')
    const parts = csvParts(tx, request, record)
    const head = await parts.next() // the first record is written before anything leaves
    hasBegun = true
    begun.resolve(true)
    await pipeline(Readable.from(following(head, parts)), out)
  }).catch((error: unknown) => {
    if (hasBegun) out.destroy(error instanceof Error ? error : new Error(String(error)))
    else begun.reject(error)
  })
  await begun.promise
  return out
}

async function* following(head: IteratorResult<Buffer>, parts: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (head.done !== true) yield head.value
  yield* parts
}

/** One row after the other: what a row was on the way is gone before the next. */
function* cellsOf(rows: readonly ReadRow[], { flow, kind, columns }: CsvRequest): Generator<readonly unknown[]> {
  for (const row of rows) {
    const view = rowView(flow, kind, row)
    yield columns.map((column) => column.value(view))
  }
}

async function* csvParts(
  tx: Tx,
  request: CsvRequest,
  record: (part: CsvPart) => Promise<unknown>,
): AsyncGenerator<Buffer> {
  const { kind, columns, encoding } = request
  const { rowNos, omitted, insuredIds } = await outputRows(tx, kind, request)
  const parts = Math.max(1, Math.ceil(rowNos.length / PART))
  const labels = columns.map(({ label }) => label)
  for (let part = 1; part <= parts; part += 1) {
    const [from, until] = [(part - 1) * PART, Math.min(part * PART, rowNos.length)]
    await record({
      count: until - from,
      omitted: part === 1 ? omitted : 0,
      part,
      parts,
      insuredIds: insuredIds(from, until),
    })
    if (part === 1) yield Buffer.concat([csvMark(encoding), csvLines([labels], request)])
    for (let at = from; at < until; at += PAGE) {
      const rows = await readRows(tx, kind, {
        worksheetId: request.worksheetId,
        rowNos: [...rowNos.subarray(at, Math.min(at + PAGE, until))],
        today: request.today,
      })
      yield csvLines(cellsOf(rows, request), request)
    }
  }
  if (omitted > 0) yield csvLines([[`支援措置により${omitted}件を除いています`]], request)
}
