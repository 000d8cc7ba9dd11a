import type { TainoshaVerdict } from '#rules/tokusoku/judge-tainosha.ts'
import { profileInForce } from '#intake/own-profiles.ts'
import { loadProfiles } from '#intake/profiles.ts'
import { writeOutgoing, type OutgoingRow } from '#intake/write-outgoing.ts'
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
  const lines: OutgoingRow[] = []
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
  return {
    async finish(tx) {
      const made = await sheet.finish(tx)
      if (made !== version) throw new Error(`tainosha version moved: ${version} → ${made}`)
      const { number } = await tx.one<{ number: string }>(`select number from runs where id = $1`, [ctx.runId])
      const { profile } = await profileInForce(tx, loadProfiles(), 'tainosha', 'out')
      const { fileId, sha256 } = await writeOutgoing(
        tx,
        { store: ctx.files, clock: ctx.clock },
        { profile, name: `tainosha-${number}-${version}.csv`, runId: ctx.runId },
        lines,
      )
      await tx.run(`update tainosha_files set state = 'superseded' where run_id = $1 and state = 'made'`, [ctx.runId])
      await tx.run(
        `insert into tainosha_files (run_id, worksheet_id, version, as_of, file_id, line_count, sum_yen, sha256, state)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'made')`,
        [ctx.runId, sheet.worksheetId, version, asOf, fileId, lines.length, sumYen, sha256],
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

const lineOf = (kase: TainoshaRowCase, judged: TainoshaVerdict, asOf: string, version: number): OutgoingRow => ({
  insured_no: kase.insuredNo,
  fuka_year: kase.fukaYear,
  chotei_year: kase.choteiYear,
  tsuchisho_no: kase.tsuchishoNo,
  period: kase.period,
  due_on: kase.dueOn,
  unpaid_yen: kase.unpaidYen,
  status: judged.status,
  as_of: asOf,
  version,
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
