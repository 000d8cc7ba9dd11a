import type { PlainDate } from '#kernel/plain-date.ts'
import { yenToJson } from '#kernel/yen.ts'
import type { Sql } from '#db/database.ts'
import type { FlowWords } from '#runtime/flow.ts'
import { stepNo } from '#tasklist/queries/task-list.ts'

/** 通知 of a person. */
export interface NoticeView {
  readonly noticeId: string
  readonly documentId: string
  readonly kind: string
  readonly runId: string
  readonly runNumber: string
  readonly period: string
  readonly fukaYear: number
  readonly slipYen: number
  readonly issueOn: PlainDate
  readonly designatedOn: PlainDate
  readonly state: string
  readonly dispatchedOn: PlainDate | null
  readonly pullReason: string | null
  /** 発行番号, as it is printed. */
  readonly noticeNo: string | null
  /** Where the letter stands: 印刷ファイル and the how many-eth letter in it; null before the file is built. */
  readonly printFile: { readonly number: number; readonly position: number } | null
}

/** What the codes of a flow are called. */
export type WordsOf = (flow: string) => FlowWords | undefined

/** 通知, newest first. 失効 and half-made ones are left out, and what lost its 期割 to another run: it was never a letter. */
export async function noticesOf(sql: Sql, insuredId: bigint, wordsOf: WordsOf): Promise<readonly NoticeView[]> {
  const rows = await sql.rows<
    Omit<NoticeView, 'slipYen' | 'printFile'> & {
      readonly slipYen: bigint
      readonly flow: string
      readonly fileNumber: number | null
      readonly position: number | null
    }
  >(
    `select t.id::text as "noticeId", 'notice-' || t.id as "documentId", t.kind, t.run_id as "runId",
       r.number as "runNumber", i.period, i.fuka_year as "fukaYear", t.slip_yen as "slipYen", t.issue_on as "issueOn",
       t.designated_on as "designatedOn", t.state, t.dispatched_on as "dispatchedOn", t.pull_reason as "pullReason",
       r.flow, l.view::json ->> 'noticeNo' as "noticeNo", place.number as "fileNumber", place.position
     from notices t join runs r on r.id = t.run_id join instalments i on i.id = t.instalment_id
     join notices l on l.id = coalesce(t.letter_id, t.id)
     left join lateral (select f.number, p.position from print_file_notices p join print_files f on f.id = p.print_file_id
       where p.notice_id = l.id and f.state = 'current' limit 1) place on true
     where t.insured_id = $1 and t.state not in ('staged', 'lapsed') and t.print_no is not null
     order by t.issue_on desc, r.number desc, t.id`,
    [insuredId],
  )
  return rows.map(({ flow, fileNumber, position, slipYen, pullReason, ...row }) => ({
    ...row,
    slipYen: yenToJson(slipYen),
    pullReason: pullReason === null ? null : (wordsOf(flow)?.reasons[pullReason] ?? pullReason),
    printFile: fileNumber === null || position === null ? null : { number: fileNumber, position },
  }))
}

export interface DeferralView {
  readonly period: string
  readonly fukaYear: number
  readonly startsOn: PlainDate
  readonly endsOn: PlainDate
}

/** 徴収猶予 as known now. */
export const deferralsOf = (sql: Sql, insuredId: bigint): Promise<DeferralView[]> =>
  sql.rows<DeferralView>(
    `select i.period, i.fuka_year as "fukaYear", d.starts_on as "startsOn", d.ends_on as "endsOn"
     from deferrals d join instalments i on i.id = d.instalment_id
     where i.insured_id = $1 and d.superseded_at is null order by d.starts_on desc, i.period`,
    [insuredId],
  )

export interface OpenTaskView {
  readonly taskId: string
  readonly step: string
  readonly name: string
  readonly runNumber: string
  readonly dueOn: PlainDate | null
}

/** Open 作業 whose list names the person. */
export async function openTasksOf(sql: Sql, insuredId: bigint): Promise<OpenTaskView[]> {
  const rows = await sql.rows<OpenTaskView>(
    `select distinct t.id::text as "taskId", t.step_id as step, t.name, r.number as "runNumber", t.due_on as "dueOn"
     from tasks t join runs r on r.id = t.run_id join worksheet_rows w on w.worksheet_id = t.worksheet_id
     where w.insured_id = $1 and t.state = 'open' order by "dueOn", "taskId"`,
    [insuredId],
  )
  return rows.map((row) => ({ ...row, step: stepNo(row.step) }))
}
