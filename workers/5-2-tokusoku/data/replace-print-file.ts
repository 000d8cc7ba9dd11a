import { randomUUID } from 'node:crypto'
import type { PlainDate } from '#kernel/plain-date.ts'
import { SYSTEM } from '#audit/events.ts'
import { appendEvent } from '#audit/append.ts'
import type { Tx } from '#db/database.ts'
import { renderPrintFile } from '#notices/print-file.ts'
import { readNoticeSettings } from '#notices/read-settings.ts'
import { proposePull } from '#rules/tokusoku/propose-pull.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import type { PinnedOptions } from './plan.ts'
import { resolveTokusokuOptions } from '#rules/tokusoku/options.ts'
import { factsHash, loadPrinted, type MadeNotice } from './load-printed.ts'
import { readRunDates } from './run-params.ts'

interface PrintFile {
  readonly id: string
  readonly runId: string
  readonly number: number
  readonly version: number
}

/**
 * 渡す前の再確認: notices of the file that changed since the release become 引抜き, and the file is built again as its next
 * version; the old bytes are kept but no longer handed out. Returns how many changed; 0 = the file is still right.
 */
export async function replaceChangedFile(deps: RuntimeDeps, file: PrintFile): Promise<number> {
  return deps.db.tx(async (tx) => {
    await tx.run(`select 1 from print_files where id = $1 for update`, [file.id])
    const inFile = new Set(
      (
        await tx.rows<{ id: string }>(`select notice_id as id from print_file_notices where print_file_id = $1`, [
          file.id,
        ])
      ).map(({ id }) => id),
    )
    const { kept, pulled } = await judge(tx, file, inFile)
    if (pulled.length === 0) return 0
    await tx.run(
      `update notices n set state = 'pulled', pull_reason = p.reason from unnest($1::uuid[], $2::text[]) as p (id, reason)
       where n.id = p.id and n.state = 'released'`,
      [pulled.map(({ id }) => id), pulled.map(({ reason }) => reason)],
    )
    await tx.run(`update print_files set state = 'superseded' where id = $1`, [file.id])
    if (kept.length > 0) await buildNext(tx, deps, file, kept)
    await appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'print-file-replaced',
      actor: SYSTEM,
      runId: file.runId,
      payload: { number: file.number, version: file.version, pulled: pulled.length },
    })
    return pulled.length
  })
}

async function judge(tx: Tx, file: PrintFile, inFile: ReadonlySet<string>) {
  const dates = await readRunDates(tx, file.runId)
  const { options: pinned } = await tx.one<{ options: PinnedOptions }>(`select options from runs where id = $1`, [
    file.runId,
  ])
  const options = resolveTokusokuOptions(pinned.versions, dates.issueOn as PlainDate)
  const kept: MadeNotice[] = []
  const pulled: { readonly id: string; readonly reason: string }[] = []
  for await (const page of loadPrinted(tx, { runId: file.runId, ...dates }, ['released']))
    for (const notice of page.filter(({ noticeId }) => inFile.has(noticeId))) {
      const change =
        factsHash(notice.now) === notice.releasedFacts ? null : proposePull(notice.printed, notice.now, dates, options)
      if (change === null) kept.push(notice)
      else pulled.push({ id: notice.noticeId, reason: change.code })
    }
  return { kept, pulled }
}

async function buildNext(tx: Tx, deps: RuntimeDeps, file: PrintFile, kept: readonly MadeNotice[]): Promise<void> {
  const { pdf, pageCount } = await renderPrintFile(
    kept.map(({ view }) => view),
    await readNoticeSettings(tx),
  )
  const sha256 = await deps.files.put(pdf)
  const id = randomUUID()
  await tx.run(
    `insert into print_files (id, run_id, version, number, is_individual, notice_count, page_count, sha256, byte_size, state, step_run_id, built_at, handed_over_at)
     select $1, run_id, version + 1, number, is_individual, $3, $4, $5, $6, 'current', step_run_id, $7, $7 from print_files where id = $2`,
    [id, file.id, kept.length, pageCount, sha256, pdf.length, deps.clock.now()],
  )
  await tx.run(
    `insert into print_file_notices (print_file_id, position, notice_id)
     select $1, n.position, n.id from unnest($2::uuid[]) with ordinality as n (id, position)`,
    [id, kept.map(({ noticeId }) => noticeId)],
  )
}
