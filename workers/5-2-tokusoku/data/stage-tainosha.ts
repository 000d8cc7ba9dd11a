import type { TainoshaVerdict } from '#rules/tokusoku/judge-tainosha.ts'
import type { Tx } from '#db/database.ts'
import { writeOutgoing } from '#intake/outgoing.ts'
import type { Staged, StepContext } from '#runtime/step.ts'
import { stageWorksheet, type WorksheetRow } from '#runtime/worksheet/write.ts'
import { tainoshaList } from '../lists/tainosha.ts'
import type { TainoshaRowCase } from './load-tainosha-cases.ts'

interface Judged {
  readonly kase: TainoshaRowCase
  readonly judged: TainoshaVerdict
}

/** What 005 gives to the process. */
export interface MadeTainosha {
  readonly fileId: string
  readonly fileVersion: number
  readonly fileCount: number
}

/** Stages 送付一覧 and writes the file's bytes; the file row and its version come in the final transaction. */
export async function stageTainosha(
  verdicts: AsyncIterable<readonly Judged[]>,
  ctx: StepContext,
): Promise<Staged<MadeTainosha>> {
  const version = await nextVersion(ctx)
  const asOf = ctx.clock.today()
  const lines: Record<string, string>[] = []
  let sumYen = 0n
  async function* rows(): AsyncGenerator<readonly WorksheetRow[]> {
    for await (const page of verdicts) {
      for (const { kase, judged } of page)
        if (judged.section === '送付') {
          lines.push(lineOf(kase, judged, asOf, version))
          sumYen += kase.unpaidYen
        }
      yield page.map(toRow)
    }
  }
  const sheet = await stageWorksheet(tainoshaList, rows(), ctx)
  const written = await writeOutgoing(ctx.files, 'tainosha', lines)
  return {
    async finish(tx) {
      const made = await sheet.finish(tx)
      if (made !== version) throw new Error(`tainosha version moved: ${version} → ${made}`)
      const fileId = await recordFile(tx, ctx, { ...written, version, lines: lines.length })
      await tx.run(`update tainosha_files set state = 'superseded' where run_id = $1 and state = 'made'`, [ctx.runId])
      await tx.run(
        `insert into tainosha_files (run_id, worksheet_id, version, as_of, file_id, line_count, sum_yen, sha256, state)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'made')`,
        [ctx.runId, sheet.worksheetId, version, asOf, fileId, lines.length, sumYen, written.sha256],
      )
      return { fileId, fileVersion: version, fileCount: lines.length }
    },
  }
}

async function nextVersion(ctx: StepContext): Promise<number> {
  const { version } = await ctx.read.one<{ version: number }>(
    `select 1 + coalesce(max(version), 0) as version from worksheets where run_id = $1 and kind = 'tainosha' and state = 'ready'`,
    [ctx.runId],
  )
  return version
}

const lineOf = (
  kase: TainoshaRowCase,
  judged: TainoshaVerdict,
  asOf: string,
  version: number,
): Record<string, string> => ({
  被保険者番号: kase.insuredNo,
  賦課年度: String(kase.fukaYear),
  調定年度: String(kase.choteiYear),
  通知書番号: kase.tsuchishoNo,
  期別: kase.period,
  納期限: kase.dueOn,
  未納額: String(kase.unpaidYen),
  状態: judged.status ?? '',
  基準日: asOf,
  版: String(version),
})

const toRow = ({ kase, judged }: Judged): WorksheetRow => ({
  instalmentId: kase.instalmentId,
  insuredId: kase.insuredId,
  yen: kase.unpaidYen,
  verdict: judged.verdict,
  reason: judged.reason,
  otherReasons: [],
  flags: [],
  detail: [
    judged.section,
    judged.status,
    kase.dueOn,
    kase.unpaidYen,
    kase.previous === null ? null : String(kase.previous.unpaidYen),
    changeOf(kase, judged),
  ],
})

function changeOf(kase: TainoshaRowCase, judged: TainoshaVerdict): string {
  if (!kase.hasPreviousVersion) return '初版'
  if (kase.previous === null) return '新しい'
  if (kase.previous.section !== judged.section) return '区分が変更'
  return BigInt(kase.previous.unpaidYen) === kase.unpaidYen ? '同じ' : '額が変更'
}

async function recordFile(
  tx: Tx,
  ctx: StepContext,
  file: {
    readonly sha256: string
    readonly byteSize: number
    readonly version: number
    readonly lines: number
    readonly profileSha256: string
  },
): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into files (id, direction, kind, name, sha256, byte_size, state, profile_sha256, line_count, accepted_count, rejected_count,
       received_at, finished_at, run_id)
     select gen_random_uuid(), 'out', 'tainosha', 'tainosha-' || number || '-' || $2 || '.csv', $3, $4, 'accepted', $5, $6, $6, 0, $7, $7, id
     from runs where id = $1 returning id`,
    [ctx.runId, file.version, file.sha256, file.byteSize, file.profileSha256, file.lines, ctx.clock.now()],
  )
  return id
}
