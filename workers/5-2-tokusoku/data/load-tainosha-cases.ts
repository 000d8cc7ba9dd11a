import type { PlainDate } from '#kernel/plain-date.ts'
import type { TainoshaCase } from '#rules/tokusoku/judge-tainosha.ts'
import { protectedOn } from '#access/protected-on.ts'
import type { StepContext } from '#runtime/step.ts'
import { approvedList, effectiveRows } from '#runtime/worksheet/review.ts'
import { stillUnprintable } from './unprintable.ts'

/** A case with what its line shows. */
export interface TainoshaRowCase extends TainoshaCase {
  readonly instalmentId: bigint
  readonly insuredId: bigint
  readonly insuredNo: string
  readonly fukaYear: number
  readonly choteiYear: number
  readonly tsuchishoNo: string
  readonly period: string
  readonly dueOn: PlainDate
  readonly previous: { readonly section: string; readonly unpaidYen: bigint } | null
  readonly hasPreviousVersion: boolean
}

/** Every row of the list that 002 approved, in the file's order: 被保険者番号, 賦課年度, 期別. */
export async function* loadTainoshaCases(ctx: StepContext): AsyncGenerator<readonly TainoshaRowCase[]> {
  const listId = await approvedList(ctx.read, ctx.runId, 'delinquents')
  yield* ctx.read.pages<TainoshaRowCase>(CASES, [listId, ctx.runId, ctx.clock.today()], 2000)
}

const CASES = `
with listed as (${effectiveRows}),
  previous as (
    select id from worksheets where run_id = $2 and kind = 'tainosha' and state = 'ready' order by version desc limit 1),
  previous_rows as (
    select r.instalment_id, d.section, d.unpaid_yen,
      (select case m.action when 'include' then '送付' when 'exclude' then '非送付' end from worksheet_marks m
       where m.worksheet_id = r.worksheet_id and m.row_no = r.row_no and m.action <> 'note' order by m.id desc limit 1) as decision,
      r.reason
    from worksheet_rows r join tainosha_rows d using (worksheet_id, row_no) where r.worksheet_id = (select id from previous)),
  made as (
    select distinct on (n.instalment_id) n.instalment_id, n.state, n.is_individual, n.pull_reason from notices n
    where n.run_id = $2 and n.worksheet_id = $1 and n.state in ('released', 'dispatched', 'pulled', 'cancelled')
    order by n.instalment_id, n.version desc),
  unprintable as (
    select instalment_id, reason from (${stillUnprintable('$2')}) u where worksheet_id = $1)
select l.instalment_id as "instalmentId", l.insured_id as "insuredId", s.insured_no as "insuredNo", i.fuka_year as "fukaYear",
  i.chotei_year as "choteiYear", i.tsuchisho_no as "tsuchishoNo", i.period, i.due_on as "dueOn", l.verdict, l.reason,
  case when made.state in ('released', 'dispatched') then json_build_object('state', 'released',
         'isIndividual', made.is_individual or ${protectedOn('s.person_id', '$3')})
       else json_build_object('state', 'none', 'reason', coalesce(unprintable.reason, made.pull_reason)) end as notice,
  b.unpaid as "unpaidYen",
  coalesce(p.decision, case when p.section = '送付' and made.is_individual then '送付' when p.reason = '個別送付' and p.decision is null then null end) as decision,
  case when p.instalment_id is null then null else json_build_object('section', p.section, 'unpaidYen', p.unpaid_yen) end as previous,
  (select id from previous) is not null as "hasPreviousVersion"
from listed l
join instalments i on i.id = l.instalment_id
join insured s on s.id = l.insured_id
join instalment_balances b on b.instalment_id = i.id and b.component = 'P'
left join made on made.instalment_id = i.id
left join unprintable on unprintable.instalment_id = i.id
left join previous_rows p on p.instalment_id = i.id
order by s.insured_no, i.fuka_year, i.period, i.chotei_year, i.tsuchisho_no`
