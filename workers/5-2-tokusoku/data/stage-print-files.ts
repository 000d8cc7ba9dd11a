import { randomUUID } from 'node:crypto'
import type { Tx } from '#db/database.ts'
import type { NoticeSettings } from '#notices/municipality.ts'
import { renderPrintFile } from '#notices/print-file.ts'
import { readNoticeSettings } from '#notices/read-settings.ts'
import { failpoint } from '#runtime/failpoints.ts'
import type { Counts, Staged, StepContext } from '#runtime/step.ts'
import type { MadeNotice } from './load-printed.ts'

/** Letters of one print file at most; the printing house takes them in this order. */
const LETTERS_PER_FILE = 500
/** Files rendered at the same time. */
const IN_WORK = 2

interface Judged {
  readonly notice: MadeNotice
  /** 引抜きの理由 when something changed since the release. */
  readonly pull: string | null
}

interface BuiltFile {
  readonly sha256: string
  readonly byteSize: number
  readonly pageCount: number
  readonly isIndividual: boolean
  readonly noticeIds: readonly string[]
}

/**
 * 印刷ファイル: at most 500 letters each in print order, individual notices (抑止) in a file of their own. The bytes are
 * stored under their hash first; the rows that make them a print file come in the final transaction.
 */
export async function stagePrintFiles(verdicts: AsyncIterable<readonly Judged[]>, ctx: StepContext): Promise<Staged> {
  const settings = await readNoticeSettings(ctx.read)
  const files: Promise<BuiltFile>[] = []
  const pulled: { readonly id: string; readonly reason: string }[] = []
  const open = { bulk: [] as MadeNotice[], individual: [] as MadeNotice[] }
  let letters = 0
  const close = async (which: 'bulk' | 'individual'): Promise<void> => {
    if (open[which].length === 0) return
    await files.at(-IN_WORK) // not more files in work than rendering children
    const building = buildFile(open[which], which === 'individual', settings, ctx)
    building.catch(() => undefined) // awaited below; a failure before that must not end the process
    files.push(building)
    open[which] = []
    failpoint('mid-copy', ctx.stepId)
  }
  for await (const page of verdicts)
    for (const { notice, pull } of page) {
      if (pull !== null) {
        pulled.push({ id: notice.noticeId, reason: pull })
        continue
      }
      const which = notice.isIndividual ? 'individual' : 'bulk'
      open[which].push(notice)
      letters++
      if (open[which].length === LETTERS_PER_FILE) {
        await close(which)
        await ctx.progress('印刷ファイルを作る', letters)
      }
    }
  await close('bulk')
  await close('individual')
  const built = await Promise.all(files)
  await ctx.progress('印刷ファイルを作る', letters, letters)
  return { finish: (tx) => recordFiles(tx, ctx, built, pulled) }
}

async function buildFile(
  notices: readonly MadeNotice[],
  isIndividual: boolean,
  settings: NoticeSettings,
  ctx: StepContext,
): Promise<BuiltFile> {
  const { pdf, pageCount } = await renderPrintFile(
    notices.map(({ view }) => view),
    settings,
  )
  const sha256 = await ctx.files.put(pdf)
  return { sha256, byteSize: pdf.length, pageCount, isIndividual, noticeIds: notices.map(({ noticeId }) => noticeId) }
}

async function recordFiles(
  tx: Tx,
  ctx: StepContext,
  files: readonly BuiltFile[],
  pulled: readonly { readonly id: string; readonly reason: string }[],
): Promise<Counts> {
  await tx.run(
    `update notices n set state = 'pulled', pull_reason = p.reason
     from unnest($1::uuid[], $2::text[]) as p (id, reason) where n.id = p.id and n.state = 'released'`,
    [pulled.map(({ id }) => id), pulled.map(({ reason }) => reason)],
  )
  const now = ctx.clock.now()
  let number = 0
  for (const file of files) {
    number++
    const id = randomUUID()
    await tx.run(
      `insert into print_files (id, run_id, version, number, is_individual, notice_count, page_count, sha256, byte_size, state, step_run_id, built_at, handed_over_at)
       values ($1, $2, 1, $3, $4, $5, $6, $7, $8, 'current', $9, $10, $10)`,
      [
        id,
        ctx.runId,
        number,
        file.isIndividual,
        file.noticeIds.length,
        file.pageCount,
        file.sha256,
        file.byteSize,
        ctx.stepRunId,
        now,
      ],
    )
    await tx.run(
      `insert into print_file_notices (print_file_id, position, notice_id)
       select $1, n.position, n.id from unnest($2::uuid[]) with ordinality as n (id, position)`,
      [id, file.noticeIds],
    )
  }
  const counted = await tx.one<{ released: number; pulled: number }>(
    `select (count(*) filter (where state = 'released'))::int as released, (count(*) filter (where state = 'pulled'))::int as pulled
     from notices where run_id = $1`,
    [ctx.runId],
  )
  return { ...counted, files: files.length }
}
