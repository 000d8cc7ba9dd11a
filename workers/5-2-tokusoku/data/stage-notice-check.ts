import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { proposePull, type PullProposal } from '#rules/tokusoku/propose-pull.ts'
import type { Staged, StepContext } from '#runtime/step.ts'
import { lastMarks, listBefore } from '#runtime/worksheet/last-marks.ts'
import { keepCounts, stageOnlyWorksheet, type WorksheetRow } from '#runtime/worksheet/write.ts'
import { noticeCheckList } from '../lists/notice-check.ts'
import { wholeGroups } from './letters.ts'
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
  const byHand = await pulledByHand(ctx)
  const unprintable = await unprintableRows(ctx)
  const elsewhere = unprintable.filter(({ reason }) => reason === 'A02').length
  let letters = 0
  let several = 0
  async function* rows(): AsyncGenerator<readonly WorksheetRow[]> {
    for await (const page of wholeGroups(loadPrinted(ctx.read, run, ['made']), ({ letterId }) => letterId)) {
      letters += page.length
      several += page.filter((letter) => letter.length > 1).flat().length
      yield page.flatMap((letter) =>
        letterRows(
          letter.map((notice) => ({ notice, proposal: proposePull(notice.printed, notice.now, run, options) })),
          byHand,
        ),
      )
    }
    yield unprintable
  }
  return stageOnlyWorksheet(noticeCheckList, rows(), ctx, async (tx, worksheetId) => {
    await keepCounts(tx, worksheetId, {
      ...(several > 0 ? { 連記: several, 督促状: letters } : {}),
      ...(elsewhere > 0 ? { 他の処理回: elsewhere } : {}),
    })
    return { carried: await tx.run(CARRY_OVER, [ctx.runId, worksheetId, ctx.clock.now()]) }
  })
}

interface Looked {
  readonly notice: MadeNotice
  readonly proposal: PullProposal | null
}

const isToPull = ({ proposal }: Looked): boolean => proposal !== null && proposal.suggest === 'pull'

/**
 * 一通の行. A letter leaves whole or not at all: where one line is to be pulled, was pulled by hand, or has been taken to another
 * letter, the lines about which nothing else is known are proposed with it (P10).
 */
function letterRows(letter: readonly Looked[], byHand: ReadonlySet<string>): readonly WorksheetRow[] {
  const isTorn = letter.some((one) => isToPull(one) || one.notice.isLeftBehind || byHand.has(one.notice.noticeId))
  return letter.map((one) =>
    noticeRow(one, { isDrawnIn: isTorn && !byHand.has(one.notice.noticeId), lines: letter.length }),
  )
}

/** Rows that a person pulled in the list before; asked only where a letter may have several. */
async function pulledByHand(ctx: StepContext): Promise<ReadonlySet<string>> {
  const options = ctx.options as TokusokuOptions // pinned by this flow
  if (options.noticeUnit === 'instalment') return new Set()
  const rows = await ctx.read.rows<{ id: string }>(
    `select old.notice_id as id from (${lastMarks(listBefore('notice-check'))}) m
     join notice_check_rows old on old.worksheet_id = m.worksheet_id and old.row_no = m.row_no
     where m.action = 'pull' and not m.is_accepted_proposal and old.notice_id is not null`,
    [ctx.runId, 0],
  )
  return new Set(rows.map(({ id }) => id))
}

/**
 * A proposal that the ordinance says to send after all (part payment) needs no decision: it is 対象 with its mark. A letter of
 * 個別作成 was not among those that were looked at together: it waits for a decision of its own.
 */
function noticeRow(
  { notice, proposal }: Looked,
  of: { readonly isDrawnIn: boolean; readonly lines: number },
): WorksheetRow {
  const isProposed = proposal !== null && proposal.suggest === 'pull'
  const code = isProposed ? proposal.code : of.isDrawnIn ? 'P10' : null
  return {
    instalmentId: notice.instalmentId,
    insuredId: notice.insuredId,
    yen: notice.printed.unpaidYen,
    verdict: code !== null || notice.isMadeAlone ? '要確認' : '対象',
    reason: code,
    otherReasons: proposal?.all.filter((one) => one !== proposal.code || !isProposed) ?? [],
    flags: [
      ...(notice.isIndividual ? ['個別送付'] : []),
      ...(notice.isMadeAlone ? ['個別作成'] : []),
      ...(of.lines > 1 ? ['連記'] : []),
      ...new Set(notice.substitutions.map(({ by }) => by)),
    ],
    detail: [
      notice.noticeId,
      null,
      notice.printNo,
      notice.printed.unpaidYen,
      notice.now.unpaidYen,
      code,
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
