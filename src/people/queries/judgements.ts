import type { PlainDate } from '#kernel/plain-date.ts'
import type { Sql } from '#db/database.ts'
import { effectiveVerdict } from '#runtime/worksheet/sheet-sql.ts'
import { stepNo } from '#tasklist/queries/task-list.ts'
import type { WordsOf } from './papers.ts'

/** 一覧での判定: what a run made of an 期割 of the person, and why. */
export interface JudgementView {
  readonly runId: string
  readonly runNumber: string
  /** 確認の作業 of the list; null for a list that nobody has been given yet. */
  readonly taskId: string | null
  readonly step: string | null
  readonly name: string | null
  readonly kind: string
  readonly fukaYear: number
  readonly period: string
  readonly verdict: string
  readonly reasonCode: string | null
  readonly reason: string | null
  readonly by: string | null
  readonly at: string | null
  readonly followUpOn: PlainDate | null
}

/** As many lines as a person brings with it; older ones page by page. */
export const JUDGEMENTS_PAGE = 60

/** Rows about the person $1 in the newest list of each kind of each run. */
const ROWS = `worksheet_rows r join worksheets w on w.id = r.worksheet_id and w.state = 'ready' and not exists (
       select from worksheets n where n.run_id = w.run_id and n.kind = w.kind and n.state = 'ready' and n.version > w.version)
     join runs u on u.id = w.run_id join instalments i on i.id = r.instalment_id and r.insured_id = $1`

/** 引抜き of the letter of a row of 004, whenever it was: E2 and 007 keep letters back after the list was decided. */
const PULLED = `(select l.reason from (select l.state, l.pull_reason as reason from notices l where l.run_id = w.run_id
    and l.instalment_id = r.instalment_id and l.state not in ('staged', 'lapsed') order by l.version desc, l.print_no desc limit 1) l
  where l.state = 'pulled')`

/**
 * What each run's newest lists say of the person, newest run first, a page of it: why a 督促状 was sent or not. 判定 and 理由 are
 * those after the last mark, with who set it; without one they are the program's. A letter that was kept back after 004 is
 * 引抜き, with its own reason.
 */
export async function judgementsOf(
  sql: Sql,
  insuredId: bigint,
  page: { readonly wordsOf: WordsOf; readonly limit?: number; readonly offset?: number },
): Promise<{ readonly items: readonly JudgementView[]; readonly total: number }> {
  const { wordsOf, limit = JUDGEMENTS_PAGE, offset = 0 } = page
  const { total } = await sql.one<{ total: number }>(`select count(*)::int as total from ${ROWS}`, [insuredId])
  const rows = await sql.rows<
    Omit<JudgementView, 'reason'> & { readonly flow: string; readonly stepId: string | null }
  >(
    `select u.id::text as "runId", u.number as "runNumber", u.flow, t.id::text as "taskId", t.step_id as "stepId", t.name,
       w.kind, i.fuka_year as "fukaYear", i.period, case when later.reason is null then ${effectiveVerdict} else '除外' end as verdict,
       coalesce(later.reason, m.reason, r.reason) as "reasonCode", case when later.reason is null then coalesce(f.name, x.login) end as by,
       case when later.reason is null then m.at end as at, m.follow_up_on as "followUpOn"
     from ${ROWS}
     left join lateral (select * from worksheet_marks k where k.worksheet_id = r.worksheet_id and k.row_no = r.row_no
       and k.action <> 'note' order by k.id desc limit 1) m on true
     left join lateral (select ${PULLED} as reason where w.kind = 'notice-check' and ${effectiveVerdict} = '対象') later on true
     left join users x on x.id = m.user_id left join staff f on f.id = x.staff_id
     left join lateral (select * from tasks k where k.worksheet_id = w.id and k.state <> 'preparing'
       order by k.created_at desc limit 1) t on true
     order by u.created_at desc, i.fuka_year, i.period, t.step_id nulls last, r.worksheet_id, r.row_no limit $2 offset $3`,
    [insuredId, limit, offset],
  )
  const items = rows.map(({ flow, stepId, ...row }) => ({
    ...row,
    step: stepId === null ? null : stepNo(stepId),
    reason: row.reasonCode === null ? null : (wordsOf(flow)?.reasons[row.reasonCode] ?? row.reasonCode),
  }))
  return { items, total }
}
