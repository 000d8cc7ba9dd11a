import type { PlainDate } from '#kernel/plain-date.ts'
import type { Tx } from '#db/database.ts'
import type { Delinquency } from '#rules/tokusoku/judge-delinquency.ts'
import { chooseAddressee } from '#rules/tokusoku/choose-addressee.ts'
import type { Counts, Staged, StepContext } from '#runtime/step.ts'
import { lastMarks, listBefore } from '#runtime/worksheet/last-marks.ts'
import { stageOnlyWorksheet, type WorksheetRow } from '#runtime/worksheet/write.ts'
import { delinquentList } from '../lists/delinquents.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { countPopulation, type TokusokuCase } from './load-cases.ts'
import { previousTargetCount } from './previous-run.ts'
import { readRunParams } from './run-params.ts'

export interface JudgedCase {
  readonly kase: TokusokuCase
  readonly judged: Delinquency
}

/**
 * Stages 滞納者一覧. 完納 gets no row: it is counted, and the control line proves that nothing was left out. Beside it stands the
 * 対象件数 of the run of the 納期限 before, with the per cent from which a difference must be seen.
 */
export async function stageDelinquents(
  verdicts: AsyncIterable<readonly JudgedCase[]>,
  input: { readonly dueOn: PlainDate; readonly issueOn: PlainDate },
  ctx: StepContext,
): Promise<Staged> {
  const population = await countPopulation(ctx, { ...input, ...(await readRunParams(ctx.read, ctx.runId)) })
  const options = ctx.options as TokusokuOptions // pinned by this flow
  async function* rows(): AsyncGenerator<readonly WorksheetRow[]> {
    for await (const page of verdicts)
      yield page.filter(({ judged }) => judged.verdict !== '完納').map((one) => toRow(one, input.issueOn))
  }
  const staged = await stageOnlyWorksheet(delinquentList, rows(), ctx, (tx, worksheetId) =>
    carryOver(tx, ctx, worksheetId),
  )
  return {
    async finish(tx) {
      const counts: Counts = await staged.finish(tx)
      const settled = population - (counts['rows'] ?? 0)
      const before = await previousTargetCount(tx, ctx.runId)
      const compared = before === null ? {} : { 前の納期の対象: before, 件数差の注意: options.outlierCountPct }
      await tx.run(
        `update worksheets set counts = counts || $2::jsonb where run_id = $1 and kind = 'delinquents' and version = $3 and state = 'ready'`,
        [ctx.runId, JSON.stringify({ 全件: population, 完納: settled, ...compared }), counts['version'] ?? 0],
      )
      return counts
    },
  }
}

function toRow({ kase, judged }: JudgedCase, issueOn: PlainDate): WorksheetRow {
  const addressee = chooseAddressee({ ...kase, isProtected: false }, issueOn).addressee
  return {
    instalmentId: kase.instalmentId,
    insuredId: kase.insuredId,
    yen: judged.unpaidYen,
    verdict: judged.verdict,
    reason: judged.reason,
    otherReasons: judged.otherReasons,
    flags: judged.flags,
    detail: [
      kase.dueOn,
      kase.chargedYen,
      judged.receivedYen,
      judged.unpaidYen,
      judged.feeYen,
      judged.entaikinYen,
      judged.limitOn,
      judged.prescribesOn,
      judged.daysLate,
      kase.overpaidYen,
      addressee?.kind ?? '本人',
      paymentMethod(kase),
      kase.bank,
      changeOf(kase, judged),
      kase.previous?.unpaidYen ?? null,
    ],
  }
}

/** 納付方法 of the instalment: by the last 口座振替, else by the account in force on its 納期限. */
function paymentMethod(kase: TokusokuCase): string {
  if (kase.hasFailedDebit === true) return '口座振替(不能)'
  return kase.paysByDebit ? '口座振替' : '納付書'
}

function changeOf(kase: TokusokuCase, judged: Delinquency): string {
  if (!kase.hasPreviousVersion) return '初版'
  if (kase.previous === null) return '新しい'
  if (kase.previous.unpaidYen !== judged.unpaidYen) return '額が変更'
  return kase.previous.verdict === judged.verdict ? '同じ' : '判定が変更'
}

/** 前版から引継ぎ: a clerk's decision stays where the instalment and its primary reason are unchanged. */
async function carryOver(tx: Tx, ctx: StepContext, worksheetId: bigint): Promise<Counts> {
  const carried = await tx.run(
    `insert into worksheet_marks (worksheet_id, row_no, action, reason, note, follow_up_on, is_carried_over, task_id, user_id, at)
     select r.worksheet_id, r.row_no, m.action, m.reason, m.note, m.follow_up_on, true, m.task_id, m.user_id, $3
     from (${lastMarks(listBefore('delinquents'))}) m
     join worksheet_rows old on old.worksheet_id = m.worksheet_id and old.row_no = m.row_no
     join worksheet_rows r on r.worksheet_id = $2 and r.instalment_id = old.instalment_id
       and r.reason is not distinct from old.reason
     order by r.row_no`,
    [ctx.runId, worksheetId, ctx.clock.now()],
  )
  return { carried }
}
