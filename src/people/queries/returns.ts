import type { PlainDate } from '#kernel/plain-date.ts'
import { daysBetween } from '#kernel/plain-date.ts'
import { yenToJson } from '#kernel/yen.ts'
import { guard, type Guarded } from '#access/masking.ts'
import { protectedOn } from '#access/protected-on.ts'
import type { Sql } from '#db/database.ts'
import { RETURN_END_REASONS, RETURN_REASONS, type ReturnCode } from '#rules/tokusoku/reasons.ts'
import { nextOnReturn, OPEN_RETURN_STATES, type ReturnState } from '#rules/tokusoku/returned-letter.ts'

/** 返戻の一件 in a list; masked for a person under 抑止. */
export interface ReturnView {
  readonly returnId: string
  readonly paper: '督促状' | '納入通知書'
  readonly state: ReturnState
  readonly reason: Guarded
  readonly reasonLabel: Guarded
  readonly returnedOn: Guarded
  readonly daysWaiting: number | null
  readonly insuredId: string
  readonly insuredNo: string
  readonly personName: string
  readonly isProtected: boolean
  readonly fukaYear: number
  readonly period: string
  /** 期割 on the letter; year and period are those of the first, the balance that of all. */
  readonly lineCount: number
  readonly unpaidYen: number
  readonly seizableFrom: PlainDate | null
  readonly runId: string | null
  readonly runNumber: string | null
  readonly next: string
}

interface Row {
  readonly returnId: bigint
  readonly paper: '督促状' | '納入通知書'
  readonly state: ReturnState
  readonly reason: ReturnCode
  readonly returnedOn: PlainDate
  readonly insuredId: bigint
  readonly insuredNo: string
  readonly personName: string
  readonly isProtected: boolean
  readonly fukaYear: number
  readonly period: string
  readonly tsuchishoNo: string
  readonly lineCount: number
  readonly unpaidYen: bigint
  readonly seizableFrom: PlainDate | null
  readonly runId: string | null
  readonly runNumber: string | null
  readonly step: number
  readonly actedOn: PlainDate
}

/** What may be seen of a case: the day it is, and whether its protected fields were opened with a reason. */
interface Look {
  readonly today: PlainDate
  readonly isDisclosed: boolean
}

/** FROM of the cases with their last step; $1 is today. */
const FROM = `
returned_letters c
join lateral (select * from returned_letter_steps x where x.returned_letter_id = c.id order by number desc limit 1) last on true
left join notices n on n.id = c.notice_id
left join runs r on r.id = n.run_id
join instalments i on i.id = coalesce(n.instalment_id, c.instalment_id)
join lateral (select count(*)::int as lines, sum(o.unpaid)::bigint as unpaid from instalment_balances o
  where o.component = 'P' and o.instalment_id in (select i.id union all select l.instalment_id from notices l where l.letter_id = n.id)) b on true
join insured s on s.id = c.insured_id
left join person_versions v on v.person_id = s.person_id and v.superseded_at is null and v.valid_to is null`

const COLUMNS = `c.id as "returnId", c.paper, last.state, c.reason, c.returned_on as "returnedOn", c.insured_id as "insuredId",
  s.insured_no as "insuredNo", coalesce(v.name, '') as "personName", ${protectedOn('s.person_id', '$1')} as "isProtected",
  i.fuka_year as "fukaYear", i.period, i.tsuchisho_no as "tsuchishoNo", b.unpaid as "unpaidYen", b.lines as "lineCount",
  last.seizable_from as "seizableFrom", n.run_id as "runId", r.number as "runNumber", last.number as step,
  last.acted_on as "actedOn"`

export interface ReturnFilter {
  /** `open`: somebody has to do something. */
  readonly state: 'open' | 'all' | ReturnState
  readonly reason: ReturnCode | null
  readonly runId: string | null
  readonly insuredId: string | null
  readonly limit: number
  readonly offset: number
}

const WHERE = `($2::text[] is null or last.state = any($2)) and ($3::uuid is null or n.run_id = $3)
  and ($4::bigint is null or c.insured_id = $4)`

/**
 * 返戻・居所調査の一覧: longest waiting first, closed ones by when they were closed. A filter by reason never finds a protected
 * person: the reason is one of the fields that must not be learnt by searching (sheet 1.1 §2.5).
 */
export async function listReturns(sql: Sql, filter: ReturnFilter, today: PlainDate) {
  const states =
    filter.state === 'all' ? null : filter.state === 'open' ? [...OPEN_RETURN_STATES] : ([filter.state] as const)
  const given = [today, states, filter.runId, filter.insuredId]
  const byReason = `($5::text is null or (c.reason = $5 and not ${protectedOn('s.person_id', '$1')}))`
  const rows = await sql.rows<Row>(
    `select ${COLUMNS} from ${FROM} where ${WHERE} and ${byReason}
     order by last.state in ('居所調査', '相続人調査') desc, case when ${protectedOn('s.person_id', '$1')} then null
       else c.returned_on end nulls first, c.id limit $6 offset $7`,
    [...given, filter.reason, filter.limit, filter.offset],
  )
  const { total } = await sql.one<{ total: number }>(
    `select count(*)::int as total from ${FROM} where ${WHERE} and ${byReason}`,
    [...given, filter.reason],
  )
  const counts = await sql.rows<{ state: string; n: number }>(
    `select last.state, count(*)::int as n from ${FROM}
     where $1::date is not null and ($2::uuid is null or n.run_id = $2) and ($3::bigint is null or c.insured_id = $3) group by 1`,
    [today, filter.runId, filter.insuredId],
  )
  return {
    items: rows.map((row) => viewOf(row, { today, isDisclosed: false })),
    total,
    counts: Object.fromEntries(counts.map(({ state, n }) => [state, n])),
  }
}

export interface ReturnStepView {
  readonly number: number
  readonly state: ReturnState
  readonly actedOn: Guarded
  readonly reasonLabel: Guarded
  readonly note: Guarded
  readonly designatedOn: PlainDate | null
  readonly servedOn: PlainDate | null
  readonly seizableFrom: PlainDate | null
  readonly by: string
  readonly at: string
  readonly documentId: string | null
}

/** One case with its history. Null when there is none. */
export async function readReturn(sql: Sql, returnId: string, look: Look) {
  const row = await sql.maybe<Row>(`select ${COLUMNS} from ${FROM} where c.id = $2`, [look.today, returnId])
  if (row === null) return null
  const isMasked = row.isProtected && !look.isDisclosed
  const steps = await sql.rows<{
    number: number
    state: ReturnState
    actedOn: PlainDate
    reason: string | null
    note: string | null
    designatedOn: PlainDate | null
    servedOn: PlainDate | null
    seizableFrom: PlainDate | null
    by: string
    at: string
    resentId: string | null
  }>(
    `select x.number, x.state, x.acted_on as "actedOn", x.reason, x.note, x.designated_on as "designatedOn",
       x.served_on as "servedOn", x.seizable_from as "seizableFrom",
       coalesce(st.name, '返戻のファイル ' || f.name || ' ' || c.line || '行目') as by, x.recorded_at as at, a.id as "resentId"
     from returned_letter_steps x join returned_letters c on c.id = x.returned_letter_id
     left join users u on u.id = x.recorded_by left join staff st on st.id = u.staff_id left join files f on f.id = x.file_id
     left join resent_letters a on a.returned_letter_id = x.returned_letter_id and a.step_number = x.number
     where x.returned_letter_id = $1 order by x.number`,
    [returnId],
  )
  return {
    ...viewOf(row, look),
    tsuchishoNo: row.tsuchishoNo,
    step: row.step,
    isMasked,
    canWithdraw: row.state === '再発送' && row.actedOn >= look.today && steps.at(-1)?.resentId !== null,
    steps: steps.map(({ resentId, actedOn, servedOn, reason, note, ...of }): ReturnStepView => ({
      ...of,
      actedOn: guard(actedOn, isMasked),
      servedOn: isMasked ? null : servedOn, // the day of the 再発送 again
      reasonLabel: guard(labelOf(reason), isMasked),
      note: guard(note, isMasked),
      documentId: resentId !== null && of.number === row.step ? `resend-${resentId}` : null,
    })),
  }
}

const LABELS: Readonly<Record<string, { readonly label: string }>> = { ...RETURN_REASONS, ...RETURN_END_REASONS }
const labelOf = (reason: string | null): string | null => (reason === null ? null : (LABELS[reason]?.label ?? reason))

function viewOf(row: Row, { today, isDisclosed }: Look): ReturnView {
  const isMasked = row.isProtected && !isDisclosed
  const isOpen = OPEN_RETURN_STATES.includes(row.state)
  return {
    returnId: `${row.returnId}`,
    paper: row.paper,
    state: row.state,
    reason: guard(row.reason, isMasked),
    reasonLabel: guard(labelOf(row.reason), isMasked),
    returnedOn: guard(row.returnedOn, isMasked),
    daysWaiting: isOpen && !isMasked ? Math.max(0, daysBetween(row.returnedOn, today)) : null,
    insuredId: `${row.insuredId}`,
    insuredNo: row.insuredNo,
    personName: row.personName,
    isProtected: row.isProtected,
    fukaYear: row.fukaYear,
    period: row.period,
    lineCount: row.lineCount,
    unpaidYen: yenToJson(row.unpaidYen),
    seizableFrom: row.seizableFrom,
    runId: row.runId,
    runNumber: row.runNumber,
    next: nextOnReturn(row),
  }
}
