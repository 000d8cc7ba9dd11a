import { randomUUID } from 'node:crypto'
import type { Clock } from '#kernel/clock.ts'
import type { Tx } from '#db/database.ts'
import type { NoticeMaterial } from '#notices/municipality.ts'
import { renderPrintFile } from '#notices/print-file.ts'
import type { FileStore } from '#runtime/file-store.ts'
import type { MadeNotice } from './load-printed.ts'

/** A print file whose bytes are stored under their hash; only its rows make it one. */
export interface BuiltFile {
  readonly sha256: string
  readonly byteSize: number
  readonly pageCount: number
  /** First rows of the letters. */
  readonly noticeIds: readonly string[]
}

/** Which file of the run it is. */
export interface PrintFileKey {
  readonly runId: string
  readonly version: number
  readonly number: number
  readonly isIndividual: boolean
  readonly stepRunId: string | null
}

/** 一通: its rows of `notices`, the first one, which holds the view, first. */
export type Letter = readonly [MadeNotice, ...MadeNotice[]]

/**
 * A letter leaves whole: when `reasonOf` keeps one of its rows, all are pulled, the others as P10. Null when none is kept.
 */
export function pulledWhole(letter: Letter, reasonOf: (row: MadeNotice) => string | null): readonly Pulled[] | null {
  const reasons = letter.map((row) => ({ id: row.noticeId, reason: reasonOf(row) }))
  if (reasons.every(({ reason }) => reason === null)) return null
  return reasons.map(({ id, reason }) => ({ id, reason: reason ?? 'P10' }))
}

/** Renders letters in the given order and stores the bytes. Equal letters and settings give equal bytes. */
export async function buildPrintFile(
  letters: readonly Letter[],
  material: Pick<NoticeMaterial, 'seals'>,
  files: FileStore,
): Promise<BuiltFile> {
  const { pdf, pageCount } = await renderPrintFile(
    letters.flatMap((letter) => letter.flatMap(({ view }) => view ?? [])),
    material,
  )
  const sha256 = await files.put(pdf)
  return { sha256, byteSize: pdf.length, pageCount, noticeIds: letters.map(([first]) => first.noticeId) }
}

/** 印刷ファイルの引渡し: the rows that make built bytes the current print file of its number. */
export async function recordPrintFile(tx: Tx, key: PrintFileKey, file: BuiltFile, clock: Clock): Promise<void> {
  const id = randomUUID()
  await tx.run(
    `insert into print_files (id, run_id, version, number, is_individual, notice_count, page_count, sha256, byte_size, state, step_run_id, built_at, handed_over_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'current', $10, $11, $11)`,
    [
      id,
      key.runId,
      key.version,
      key.number,
      key.isIndividual,
      file.noticeIds.length,
      file.pageCount,
      file.sha256,
      file.byteSize,
      key.stepRunId,
      clock.now(),
    ],
  )
  await tx.run(
    `insert into print_file_notices (print_file_id, position, notice_id)
     select $1, n.position, n.id from unnest($2::uuid[]) with ordinality as n (id, position)`,
    [id, file.noticeIds],
  )
}

/** A released letter that stays in the house, and why. */
export interface Pulled {
  readonly id: string
  readonly reason: string
}

/** 引抜き of released letters; their natural keys become free. */
export const pullNotices = (tx: Tx, pulled: readonly Pulled[]): Promise<number> =>
  tx.run(
    `update notices n set state = 'pulled', pull_reason = p.reason from unnest($1::uuid[], $2::text[]) as p (id, reason)
     where n.id = p.id and n.state = 'released'`,
    [pulled.map(({ id }) => id), pulled.map(({ reason }) => reason)],
  )
