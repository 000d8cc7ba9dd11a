import type { PlainDate } from '#kernel/plain-date.ts'
import { yenToJson } from '#kernel/yen.ts'
import type { Sql } from '#db/database.ts'

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
}

/** 通知, newest first. 失効 and half-made ones are left out. */
export async function noticesOf(sql: Sql, insuredId: bigint): Promise<readonly NoticeView[]> {
  const rows = await sql.rows<Omit<NoticeView, 'slipYen'> & { readonly slipYen: bigint }>(
    `select t.id::text as "noticeId", 'notice-' || t.id as "documentId", t.kind, t.run_id as "runId",
       r.number as "runNumber", i.period, i.fuka_year as "fukaYear", t.slip_yen as "slipYen", t.issue_on as "issueOn",
       t.designated_on as "designatedOn", t.state, t.dispatched_on as "dispatchedOn", t.pull_reason as "pullReason"
     from notices t join runs r on r.id = t.run_id join instalments i on i.id = t.instalment_id
     where t.insured_id = $1 and t.state not in ('staged', 'lapsed') order by t.issue_on desc, t.id`,
    [insuredId],
  )
  return rows.map((row) => ({ ...row, slipYen: yenToJson(row.slipYen) }))
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
export const openTasksOf = (sql: Sql, insuredId: bigint): Promise<OpenTaskView[]> =>
  sql.rows<OpenTaskView>(
    `select distinct t.id::text as "taskId", t.step_id as step, t.name, r.number as "runNumber", t.due_on as "dueOn"
     from tasks t join runs r on r.id = t.run_id join worksheet_rows w on w.worksheet_id = t.worksheet_id
     where w.insured_id = $1 and t.state = 'open' order by "dueOn", "taskId"`,
    [insuredId],
  )
