import { Fault } from '#kernel/faults.ts'
import type { Clock } from '#kernel/clock.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { loadHolidays } from '#db/calendar.ts'
import type { Tx } from '#db/database.ts'
import { isBusinessDay } from '#rules/calendar/business-day.ts'
import type { Mark, MarkedRow, MarkRules, TaskUser } from '../human-context.ts'
import type { WorksheetKind } from './kind.ts'
import type { WorksheetFilter } from './facets.ts'
import { countRows } from './places.ts'
import { openSheet, showRows, placesOf } from './read.ts'
import { effectiveVerdict, rowFacts } from './sheet-sql.ts'
import { worksheetHash } from './hash.ts'

/** Which rows a mark is for: named ones, or all that a filter shows while the list still has this hash. */
export type MarkTarget =
  | { readonly rows: readonly number[] }
  | { readonly filter: WorksheetFilter; readonly hash: string }

/**
 * Adds one mark to many rows, all or none. Returns the number of rows.
 * Throws TASK-005 when the list moved under a filter, TASK-009/010/011 for the reason, and the flow's own refusals.
 */
export async function addMarks(
  tx: Tx,
  kind: WorksheetKind,
  rules: MarkRules,
  request: { readonly worksheetId: bigint; readonly taskId: string; readonly target: MarkTarget; readonly mark: Mark },
  user: TaskUser,
  clock: Clock,
): Promise<number> {
  const { worksheetId, taskId, target, mark } = request
  checkReason(rules, mark, user)
  await checkFollowUp(tx, mark, clock.today())
  if ('filter' in target && (await worksheetHash(tx, worksheetId)) !== target.hash) throw new Fault('TASK-005')
  const rows = await markedRows(tx, kind, worksheetId, 'rows' in target ? { rowNo: target.rows } : target.filter)
  if ('rows' in target && rows.length !== new Set(target.rows).size)
    throw new Fault('TASK-007', { detail: '一覧にない行があります' })
  for (const row of rows) rules.check(row, mark, user)
  const isAcceptance = (row: MarkedRow): boolean =>
    mark.action === 'pull' && mark.reason !== null && mark.reason === row.reason
  return tx.copyIn(
    'worksheet_marks',
    [
      'worksheet_id',
      'row_no',
      'action',
      'reason',
      'note',
      'follow_up_on',
      'is_accepted_proposal',
      'task_id',
      'user_id',
      'at',
    ],
    rows.map((row) => [
      worksheetId,
      row.rowNo,
      mark.action,
      mark.reason,
      mark.note,
      mark.followUpOn,
      isAcceptance(row),
      taskId,
      user.userId,
      clock.now(),
    ]),
  )
}

/** Accepts the system's proposal on every row of a list that still waits for one. Returns the number of rows. */
export async function acceptProposals(
  tx: Tx,
  request: { readonly worksheetId: bigint; readonly taskId: string },
  user: TaskUser,
  clock: Clock,
): Promise<number> {
  return tx.run(
    `insert into worksheet_marks (worksheet_id, row_no, action, reason, is_accepted_proposal, task_id, user_id, at)
     select r.worksheet_id, r.row_no, 'pull', r.reason, true, $2, $3, $4 from worksheet_rows r
     where r.worksheet_id = $1 and r.verdict = '要確認' and r.reason is not null
       and not exists (select from worksheet_marks m where m.worksheet_id = r.worksheet_id and m.row_no = r.row_no and m.action <> 'note')`,
    [request.worksheetId, request.taskId, user.userId, clock.now()],
  )
}

function checkReason(rules: MarkRules, mark: Mark, user: TaskUser): void {
  if (!rules.actions.includes(mark.action)) throw new Fault('TASK-006', { decision: mark.action })
  const choices = rules.reasons.filter(({ action }) => action === mark.action)
  if (choices.length === 0) return
  const reason = choices.find(({ code }) => code === mark.reason)
  if (!reason) throw new Fault('TASK-009', { reason: mark.reason ?? '(なし)' })
  if (reason.role !== null && !user.roles.includes(reason.role)) throw new Fault('TASK-011', { reason: reason.code })
  if ((mark.note?.trim().length ?? 0) < reason.needsNote)
    throw new Fault('TASK-010', { reason: reason.code, need: `${reason.needsNote}字以上のメモ` })
  if (reason.needsFollowUp && mark.followUpOn === null)
    throw new Fault('TASK-010', { reason: reason.code, need: '再開日' })
}

/** 再開日 is a 開庁日 after today. */
async function checkFollowUp(tx: Tx, mark: Mark, today: PlainDate): Promise<void> {
  if (mark.followUpOn === null) return
  const holidays = await loadHolidays(tx, today, mark.followUpOn)
  if (mark.followUpOn <= today || !isBusinessDay(mark.followUpOn, holidays))
    throw new Fault('TASK-010', { reason: mark.reason ?? '再開日', need: '明日以降の開庁日の再開日' })
}

async function markedRows(
  tx: Tx,
  kind: WorksheetKind,
  worksheetId: bigint,
  filter: WorksheetFilter,
): Promise<MarkedRow[]> {
  const sheet = await openSheet(tx, kind, worksheetId)
  const shown = await showRows(tx, sheet, filter)
  const rowNos = await placesOf(tx, sheet, shown, {
    sort: null,
    offset: 0,
    limit: sheet.count,
    count: countRows(sheet.standing, shown),
  })
  return tx.rows<MarkedRow>(
    `select r.row_no as "rowNo", ${effectiveVerdict} as verdict, r.reason, r.other_reasons as "otherReasons", r.flags
     from ${rowFacts(kind)} where r.worksheet_id = $1 and r.row_no = any($2::int[]) order by r.row_no`,
    [worksheetId, [...rowNos]],
  )
}
