import type { PlainDate } from '#kernel/plain-date.ts'
import type { StepContext } from '#runtime/step.ts'
import type { DelinquencyCase, Period } from '#rules/tokusoku/delinquency-case.ts'
import type { PrincipalMovement } from '#rules/tokusoku/balance.ts'
import { noticeGlyphs } from '#notices/glyphs.ts'
import { readReductions } from '#notices/read-settings.ts'
import { speller } from '#notices/spelling.ts'
import { PERSON_COLUMNS, PERSON_CTES, PERSON_JOINS, type PersonRow } from './person-facts.ts'

/** 滞納の候補: one 普徴 instalment with what 001 judges, and what its row shows beside the judgement. */
export interface TokusokuCase extends DelinquencyCase {
  readonly instalmentId: bigint
  readonly insuredId: bigint
  readonly overpaidYen: bigint
  /** 口座振替: an account in force on the 納期限, or a debit that was asked for. */
  readonly paysByDebit: boolean
  /** 「0001 ミホン」 of the account or the last 口座振替; empty for 納付書. */
  readonly bank: string
  /** Row of the version before, if this run had one. */
  readonly previous: { readonly unpaidYen: bigint; readonly verdict: string } | null
  readonly hasPreviousVersion: boolean
}

interface CaseRow extends PersonRow {
  readonly instalment_id: bigint
  readonly insured_id: bigint
  readonly due_on: PlainDate
  readonly is_early_collection: boolean
  readonly charged: bigint
  readonly moved_out_on: PlainDate | null
  readonly movements: readonly (Omit<PrincipalMovement, 'yen'> & { readonly yen: string })[] | null
  readonly deferrals: readonly Period[] | null
  readonly history: DelinquencyCase['history'] | null
  readonly last_tokusoku_on: PlainDate | null
  readonly overpaid: bigint
  readonly held: boolean
  readonly debit_waits: boolean
  readonly debit_failed: boolean
  readonly pays_by_debit: boolean
  readonly bank: string | null
  readonly returns: DelinquencyCase['returns'] | null
  readonly elsewhere: boolean
  readonly namesake: boolean
  readonly left_tokucho: boolean
  readonly previous_unpaid: bigint | null
  readonly previous_verdict: string | null
  readonly previous_id: bigint | null
}

/** 納期の全件: instalments of the run's population, paid or not, for the control line 完納 + 対象 + 除外 + 要確認. */
export async function countPopulation(
  ctx: StepContext,
  run: { readonly dueOn: PlainDate; readonly includeCarriedOver: boolean },
): Promise<number> {
  const { count } = await ctx.read.one<{ count: number }>(
    `select count(*)::int as count from instalments i where ${POPULATION}`,
    [run.dueOn, run.includeCarriedOver],
  )
  return count
}

const POPULATION = `i.method = '普徴' and i.cancelled_on is null and (i.due_on = $1 or ($2::boolean and i.due_on < $1))`

/**
 * Candidates of 001 in the order of the list's row numbers (被保険者番号, 賦課年度, 期別): all of the population but those
 * that are paid in full with every 領収日 ≤ 基準日.
 */
export async function* loadCases(
  ctx: StepContext,
  run: {
    readonly dueOn: PlainDate
    readonly asOf: PlainDate
    readonly issueOn: PlainDate
    readonly includeCarriedOver: boolean
  },
): AsyncGenerator<readonly TokusokuCase[]> {
  const params = [run.dueOn, run.includeCarriedOver, run.asOf, ctx.runId]
  const reductions = await readReductions(ctx.read)
  const lacksGlyph = (row: CaseRow): boolean => {
    const { print } = speller(row.spellings, reductions, noticeGlyphs(), run.issueOn)
    const home = row.home ?? { address: '', building: '' }
    const texts = [print('氏名', row.name), print('住所', home.address), print('方書', home.building)]
    return noticeGlyphs().missing(texts).length > 0
  }
  for await (const page of ctx.read.pages<CaseRow>(CASES, params, PAGE))
    yield page.map((row) => toCase(row, lacksGlyph(row)))
}

const PAGE = 2000

const toCase = (row: CaseRow, hasMissingGlyph: boolean): TokusokuCase => ({
  instalmentId: row.instalment_id,
  insuredId: row.insured_id,
  dueOn: row.due_on,
  chargedYen: row.charged,
  movements: (row.movements ?? []).map((one) => ({ ...one, yen: BigInt(one.yen) })),
  deferrals: row.deferrals ?? [],
  history: row.history ?? [],
  hasNoticeElsewhere: row.elsewhere,
  lastTokusokuOn: row.last_tokusoku_on,
  protections: row.protections,
  deathOn: row.died_on,
  movedOutOn: row.moved_out_on,
  name: row.name,
  home: row.home,
  deliveries: row.deliveries,
  isAccelerated: row.is_early_collection,
  overpaidYen: row.overpaid,
  hasHeldReceipt: row.held,
  hasDebitPending: row.debit_waits,
  hasFailedDebit: row.debit_failed,
  paysByDebit: row.pays_by_debit,
  bank: row.bank ?? '',
  returns: row.returns ?? [],
  hasNamesake: row.namesake,
  hasLeftTokucho: row.left_tokucho,
  hasMissingGlyph,
  previous:
    row.previous_unpaid === null ? null : { unpaidYen: row.previous_unpaid, verdict: row.previous_verdict ?? '' },
  hasPreviousVersion: row.previous_id !== null,
})

/** Rows in force now, that is not superseded; a date of a fact decides in the rule, not here. */
const CASES = `
with
  moves as (
    select side.instalment_id, json_agg(json_build_object(
        'kind', case when side.account = '不納欠損' then '不納欠損' when side.account = '収納:充当' then '充当' else '収納' end,
        'yen', side.yen::text, 'receivedOn', side.received_on, 'accountedOn', p.booked_on)
        order by coalesce(side.received_on, p.booked_on), p.number) as list
    from (
      select debit_instalment_id as instalment_id, debit_account as account, yen, received_on, posting_number
        from movements where component = 'P' and debit_instalment_id is not null and (debit_account like '収納:%' or debit_account = '不納欠損')
      union all
      select credit_instalment_id, credit_account, -yen, received_on, posting_number
        from movements where component = 'P' and credit_instalment_id is not null and (credit_account like '収納:%' or credit_account = '不納欠損')
    ) side
    join postings p on p.number = side.posting_number
    where exists (select from instalments i where i.id = side.instalment_id and ${POPULATION})
    group by side.instalment_id),
  late as (
    select distinct m.debit_instalment_id as instalment_id from movements m join postings p on p.number = m.posting_number
    where m.component = 'P' and m.debit_instalment_id is not null and coalesce(m.received_on, p.booked_on) > $3),
  deferred as (
    select instalment_id, json_agg(json_build_object('from', starts_on, 'to', ends_on) order by starts_on) as list
    from deferrals where superseded_at is null group by 1),
  dunned as (
    select instalment_id, json_agg(json_build_object('issuedOn', issued_on, 'cancelledOn', cancelled_on) order by issued_on) as list
    from tokusoku_history group by 1),
  last_dunned as (
    select i.insured_id, max(h.issued_on) as issued_on from tokusoku_history h join instalments i on i.id = h.instalment_id
    where h.cancelled_on is null group by 1),
  ${PERSON_CTES.trim()},
  overpaid as (
    select i.insured_id, sum(b.excess + greatest(0, b.overpaid))::bigint as yen
    from instalment_balances b join instalments i on i.id = b.instalment_id
    where b.component = 'P' and (b.excess > 0 or b.overpaid > 0) group by 1),
  held as (
    select person_id, sum(case when debit_account = '保管金' then yen else -yen end) as yen from movements
    where person_id is not null and '保管金' in (debit_account, credit_account) group by 1
    having sum(case when debit_account = '保管金' then yen else -yen end) > 0),
  debits as (
    -- the last 口座振替 of each instalment: waits while it has no result, and while a collected one is not in the books
    select distinct on (r.instalment_id) r.instalment_id, r.bank_no,
      x.debit_request_id is null or (x.result_code = '0' and not exists (select from movements m
        where m.debit_instalment_id = r.instalment_id and m.debit_account = '収納:口座' and m.received_on = r.debit_on)) as waits,
      coalesce(x.result_code <> '0', false) as failed
    from debit_requests r left join debit_results x on x.debit_request_id = r.id
    order by r.instalment_id, r.debit_on desc),
  bank_names as (
    select distinct on (bank_no) bank_no, bank_name from debit_requests where bank_name <> '' order by bank_no, id desc),
  came_back as (
    -- 納入通知書 that came back
    select c.instalment_id, json_agg(json_build_object(
        'resentOn', (select max(x.acted_on) from returned_letter_steps x where x.returned_letter_id = c.id and x.state = '再発送'),
        'postedOn', (select max(x.acted_on) from returned_letter_steps x where x.returned_letter_id = c.id and x.state = '公示送達'))) as list
    from returned_letters c where c.paper = '納入通知書' group by 1),
  elsewhere as (
    select distinct instalment_id from notices where state in ('made', 'released', 'dispatched') and run_id <> $4),
  namesakes as (
    select v.name_folded, v.born_on from person_versions v join insured s on s.person_id = v.person_id
    where v.superseded_at is null and v.valid_to is null and v.born_on is not null group by 1, 2 having count(*) > 1),
  tokucho as (
    select distinct insured_id, fuka_year from instalments where method = '特徴' and cancelled_on is null),
  previous as (
    select w.id from worksheets w where w.run_id = $4 and w.kind = 'delinquents' and w.state = 'ready'
    order by w.version desc limit 1),
  previous_rows as (
    select r.instalment_id, r.verdict, d.unpaid_yen from worksheet_rows r
    join delinquent_rows d using (worksheet_id, row_no) where r.worksheet_id = (select id from previous))
select i.id as instalment_id, i.insured_id, i.due_on, i.is_early_collection, b.charged, ${PERSON_COLUMNS},
  v.moved_out_on, moves.list as movements, deferred.list as deferrals, dunned.list as history, last_dunned.issued_on as last_tokusoku_on,
  coalesce(overpaid.yen, 0)::bigint as overpaid, held.person_id is not null as held,
  coalesce(debits.waits, false) as debit_waits, coalesce(debits.failed, false) as debit_failed,
  coalesce(debits.bank_no, account.bank_no) is not null as pays_by_debit,
  concat_ws(' ', coalesce(debits.bank_no, account.bank_no), bank_names.bank_name) as bank, came_back.list as returns,
  elsewhere.instalment_id is not null as elsewhere, namesakes.born_on is not null as namesake,
  tokucho.insured_id is not null as left_tokucho, previous_rows.unpaid_yen as previous_unpaid,
  previous_rows.verdict as previous_verdict, (select id from previous) as previous_id
from instalments i
join insured s on s.id = i.insured_id
join instalment_balances b on b.instalment_id = i.id and b.component = 'P'
${PERSON_JOINS.trim()}
left join late on late.instalment_id = i.id
left join moves on moves.instalment_id = i.id
left join deferred on deferred.instalment_id = i.id
left join dunned on dunned.instalment_id = i.id
left join last_dunned on last_dunned.insured_id = i.insured_id
left join overpaid on overpaid.insured_id = i.insured_id
left join held on held.person_id = s.person_id
left join debits on debits.instalment_id = i.id
left join lateral (
  select a.bank_no from bank_accounts a where a.insured_id = i.insured_id and a.superseded_at is null
    and a.starts_on <= i.due_on and (a.ends_on is null or a.ends_on >= i.due_on)
  order by a.starts_on desc limit 1) account on true
left join bank_names on bank_names.bank_no = coalesce(debits.bank_no, account.bank_no)
left join came_back on came_back.instalment_id = i.id
left join elsewhere on elsewhere.instalment_id = i.id
left join namesakes on namesakes.name_folded = v.name_folded and namesakes.born_on = v.born_on
left join tokucho on tokucho.insured_id = i.insured_id and tokucho.fuka_year = i.fuka_year
left join previous_rows on previous_rows.instalment_id = i.id
where ${POPULATION} and (b.unpaid > 0 or late.instalment_id is not null)
order by s.insured_no, i.fuka_year, i.period, i.chotei_year, i.tsuchisho_no`
