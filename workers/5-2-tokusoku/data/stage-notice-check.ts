import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { proposePull, type PullProposal } from '#rules/tokusoku/propose-pull.ts'
import type { Staged, StepContext } from '#runtime/step.ts'
import { lastMarks, listBefore } from '#runtime/worksheet/last-marks.ts'
import { stageOnlyWorksheet, type WorksheetRow } from '#runtime/worksheet/write.ts'
import { noticeCheckList } from '../lists/notice-check.ts'
import { factsHash, loadPrinted, type MadeNotice } from './load-printed.ts'
import { readRunDates } from './run-params.ts'
import { stillUnprintable } from './unprintable.ts'

/**
 * 作成一覧 with 引抜きの提案 from everything known now, then 発行不能. Decisions on notices about which nothing changed since the
 * last refresh stay; a letter pulled by hand stays pulled whatever became known.
 */
export async function stageNoticeCheck(ctx: StepContext): Promise<Staged> {
  const run = { runId: ctx.runId, ...(await readRunDates(ctx.read, ctx.runId)) }
  const options = ctx.options as TokusokuOptions // pinned by this flow
  async function* rows(): AsyncGenerator<readonly WorksheetRow[]> {
    for await (const page of loadPrinted(ctx.read, run, ['made']))
      yield page.map((notice) => noticeRow(notice, proposePull(notice.printed, notice.now, run, options)))
    yield await unprintableRows(ctx)
  }
  return stageOnlyWorksheet(noticeCheckList, rows(), ctx, async (tx, worksheetId) => ({
    carried: await tx.run(CARRY_OVER, [ctx.runId, worksheetId, ctx.clock.now()]),
  }))
}

/**
 * A proposal that the ordinance says to send after all (part payment) needs no decision: it is 対象 with its mark. A letter of
 * 個別作成 was not among those that were looked at together: it waits for a decision of its own.
 */
function noticeRow(notice: MadeNotice, proposal: PullProposal | null): WorksheetRow {
  const isProposed = proposal !== null && proposal.suggest === 'pull'
  return {
    instalmentId: notice.instalmentId,
    insuredId: notice.insuredId,
    yen: notice.printed.unpaidYen,
    verdict: isProposed || notice.isMadeAlone ? '要確認' : '対象',
    reason: isProposed ? proposal.code : null,
    otherReasons: proposal?.all.filter((code) => code !== proposal.code || !isProposed) ?? [],
    flags: [
      ...(notice.isIndividual ? ['個別送付'] : []),
      ...(notice.isMadeAlone ? ['個別作成'] : []),
      ...new Set(notice.substitutions.map(({ by }) => by)),
    ],
    detail: [
      notice.noticeId,
      null,
      notice.printNo,
      notice.printed.unpaidYen,
      notice.now.unpaidYen,
      isProposed ? proposal.code : null,
      proposal?.all ?? [],
      notice.lastReceipt?.receivedOn,
      notice.lastReceipt?.yen,
      notice.lastReceipt?.road,
      factsHash(notice.now),
    ],
  }
}

async function unprintableRows(ctx: StepContext): Promise<readonly WorksheetRow[]> {
  const rows = await ctx.read.rows<{
    instalment: bigint
    insured: bigint
    reason: string
    unpaid: bigint
    now: bigint
  }>(
    `select u.instalment_id as instalment, u.insured_id as insured, u.reason, d.unpaid_yen as unpaid, b.unpaid as now
     from (${stillUnprintable('$1')}) u
     join delinquent_rows d on d.worksheet_id = u.worksheet_id and d.row_no = u.row_no
     join instalment_balances b on b.instalment_id = u.instalment_id and b.component = 'P'
     order by u.row_no`,
    [ctx.runId],
  )
  return rows.map(({ instalment, insured, reason, unpaid, now }) => ({
    instalmentId: instalment,
    insuredId: insured,
    yen: unpaid,
    verdict: '除外',
    reason,
    otherReasons: [],
    flags: [],
    detail: [null, reason, null, unpaid, now, null, [], null, null, null, null],
  }))
}

const CARRY_OVER = `
insert into worksheet_marks (worksheet_id, row_no, action, reason, note, follow_up_on, is_accepted_proposal, is_carried_over, task_id, user_id, at)
select d.worksheet_id, d.row_no, m.action, m.reason, m.note, m.follow_up_on, m.is_accepted_proposal, true, m.task_id, m.user_id, $3
from (${lastMarks(listBefore('notice-check'))}) m
join notice_check_rows old on old.worksheet_id = m.worksheet_id and old.row_no = m.row_no
join notice_check_rows d on d.worksheet_id = $2 and d.notice_id = old.notice_id
  and (d.facts_sha256 = old.facts_sha256 or (m.action = 'pull' and not m.is_accepted_proposal))
order by d.row_no`
