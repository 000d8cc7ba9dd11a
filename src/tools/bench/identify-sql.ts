import { ENTAIKIN_RATES } from '#rules/entaikin/rates.ts'

const rates = ENTAIKIN_RATES.map(
  ({ fromYear, toYear, lowPerMille, highPerMille }) =>
    `(daterange('${fromYear}-01-01', '${toYear + 1}-01-01'), ${lowPerMille}, ${highPerMille})`,
).join(', ')

/** Spans of 延滞金 of a row with `due_on`, `from_day`, `until_day` (excluded) and `base`: days by rate, low and high. */
const SPANS = `
  cross join lateral (select s.due_on + 1 as first, (s.due_on + 1 + interval '1 month')::date as same_day) low
  cross join lateral (select case when extract(day from low.first) > extract(day from low.same_day) then low.same_day
    else low.same_day - 1 end as low_end) ends
  cross join rates r
  cross join lateral (values
    (r.low, daterange(s.from_day, s.until_day) * daterange(null, ends.low_end, '(]') * r.years),
    (r.high, daterange(s.from_day, s.until_day) * daterange(ends.low_end, null, '()') * r.years)) part (per_mille, days)`

/**
 * 滞納者把握 as one statement, the way somebody would write it who knows SQL and needs no rules that a municipality can read,
 * test and change: the same joins, the same verdicts, flags, 延滞金 and 時効, into the same two tables. It knows the defaults of
 * the ordinance options only. $1 納期限, $2 基準日, $3 発送日, $4 the run, $5 the list, $6 characters without glyph.
 */
export const IDENTIFY_IN_SQL = `
with
  rates (years, low, high) as materialized (values ${rates}),
  population as not materialized (
    select i.* from instalments i where i.method = '普徴' and i.cancelled_on is null and i.due_on <= $1::date),
  paid as materialized (
    select side.instalment_id, side.kind, coalesce(side.received_on, p.booked_on) as day, sum(side.yen)::bigint as yen
    from (
      select debit_instalment_id as instalment_id, debit_account as account, yen, received_on, posting_number,
        case when debit_account = '不納欠損' or debit_account = '収納:充当' then debit_account else '収納' end as kind
        from movements where component = 'P' and debit_instalment_id is not null and (debit_account like '収納:%' or debit_account = '不納欠損')
      union all
      select credit_instalment_id, credit_account, -yen, received_on, posting_number,
        case when credit_account = '不納欠損' or credit_account = '収納:充当' then credit_account else '収納' end
        from movements where component = 'P' and credit_instalment_id is not null and (credit_account like '収納:%' or credit_account = '不納欠損')
    ) side join postings p on p.number = side.posting_number group by 1, 2, 3),
  received as (
    select instalment_id, coalesce(sum(yen) filter (where day <= $2), 0)::bigint as yen,
      max(day) filter (where kind = '収納' and yen > 0 and day <= $2) as last_on,
      bool_or(day <= $2) as is_in_part from paid group by 1),
  deferred as (
    select instalment_id, bool_or(starts_on <= $3 and ends_on >= $2) as is_in_force,
      max(ends_on) filter (where starts_on <= $3 and ends_on < $2) as ended_on,
      max(ends_on) filter (where starts_on <= $3) as last_on,
      range_agg(daterange(starts_on, ends_on, '[]')) as days
    from deferrals where superseded_at is null group by 1),
  late as (select distinct instalment_id from paid where day > $2),
  candidates as materialized (
    select i.*, b.charged, coalesce(r.yen, 0) as received, greatest(0, b.charged - coalesce(r.yen, 0)) as unpaid,
      r.last_on as last_paid_on, coalesce(r.is_in_part, false) as is_in_part, d.is_in_force, d.ended_on,
      d.last_on as deferred_until, d.days as exempt
    from population i join instalment_balances b on b.instalment_id = i.id and b.component = 'P'
    left join received r on r.instalment_id = i.id left join deferred d on d.instalment_id = i.id
    left join late on late.instalment_id = i.id
    where (b.unpaid > 0 or late.instalment_id is not null) and b.charged > coalesce(r.yen, 0)),
  -- without part payment and 猶予 the days depend on the 納期限 alone
  plain_days as (
    select s.due_on, part.per_mille, sum(upper(part.days) - lower(part.days)) as days
    from (select distinct due_on, due_on + 1 as from_day, $3::date + 1 as until_day from candidates) s ${SPANS}
    where not isempty(part.days) group by 1, 2),
  plain as (
    select c.id, sum(c.charged / 1000 * 1000 * d.per_mille * d.days / 365000) as raw
    from candidates c join plain_days d on d.due_on = c.due_on
    where not c.is_in_part and c.exempt is null and c.charged >= 2000 group by 1),
  steps as (
    select c.id, c.due_on, c.charged, c.exempt, greatest(c.due_on, p.day) as day, sum(p.yen) as yen
    from candidates c cross join lateral (
      select c.due_on as day, 0::bigint as yen union all
      select day, yen from paid where paid.instalment_id = c.id and day <= $2) p
    where c.is_in_part or c.exempt is not null group by 1, 2, 3, 4, 5),
  sections as (
    select id, due_on, exempt, day + 1 as from_day, coalesce(lead(day) over w, $3::date) + 1 as until_day,
      charged - sum(yen) over (w rows unbounded preceding) as balance
    from steps window w as (partition by id order by day)),
  stepped as (
    select id, sum(base * per_mille * days / 365000) as raw from (
      select s.id, s.balance::bigint / 1000 * 1000 as base, part.per_mille, sum((
        select coalesce(sum(upper(x) - lower(x)), 0) from unnest(datemultirange(part.days) - coalesce(s.exempt, '{}')) x))::bigint as days
      from sections s ${SPANS}
      where not isempty(part.days) and s.balance >= 2000 group by 1, 2, 3) one group by 1),
  history as (
    select instalment_id, bool_or(cancelled_on is null) as is_live from tokusoku_history group by 1),
  last_dunned as (
    select i.insured_id, max(h.issued_on) as issued_on from tokusoku_history h join instalments i on i.id = h.instalment_id
    where h.cancelled_on is null group by 1),
  elsewhere as (
    select distinct instalment_id from notices where state in ('made', 'released', 'dispatched') and run_id <> $4),
  guarded as (
    select person_id, bool_or(expires_on is null or expires_on >= $2) as a05, bool_or(expires_on < $2) as a06
    from protections where superseded_at is null and starts_on <= $3
      and (released_on is null or (released_on > $2 and released_on > starts_on)) group by 1),
  heirs as (
    select distinct person_id from delivery_addresses where superseded_at is null and kind = '相続人代表'
      and starts_on <= $3 and (ends_on is null or ends_on >= $3)),
  overpaid as (
    select i.insured_id, sum(b.excess + greatest(0, b.overpaid))::bigint as yen
    from instalment_balances b join instalments i on i.id = b.instalment_id
    where b.component = 'P' and (b.excess > 0 or b.overpaid > 0) group by 1),
  held as (
    select person_id from movements where person_id is not null and '保管金' in (debit_account, credit_account) group by 1
    having sum(case when debit_account = '保管金' then yen else -yen end) > 0),
  namesakes as (
    select v.name_folded, v.born_on from person_versions v join insured s on s.person_id = v.person_id
    where v.superseded_at is null and v.valid_to is null and v.born_on is not null group by 1, 2 having count(*) > 1),
  tokucho as (
    select distinct insured_id, fuka_year from instalments where method = '特徴' and cancelled_on is null),
  sent_to as (
    select distinct on (d.person_id) d.person_id, d.kind, coalesce(d.address, '') as address, coalesce(d.postal_code, '') as postal_code,
      count(*) over (partition by d.person_id, d.kind, d.starts_on) > 1 as is_double
    from delivery_addresses d
    join person_versions v on v.person_id = d.person_id and v.superseded_at is null and v.valid_to is null
    where d.superseded_at is null and d.starts_on <= $3 and (d.ends_on is null or d.ends_on >= $3)
      and (d.kind = '相続人代表') = coalesce(v.died_on <= $3, false)
    order by d.person_id, d.kind = '本人', d.starts_on desc),
  facts as materialized (
    select c.*, s.insured_no, v.died_on <= $3 as is_dead, v.moved_out_on, coalesce(o.yen, 0) as overpaid,
      case when t.is_double then '本人' else coalesce(t.kind, '本人') end as addressee_kind,
      case when coalesce(p.raw, x.raw, 0) < 1000 then 0 else (coalesce(p.raw, x.raw)::bigint / 100) * 100 end as entaikin,
      greatest(c.due_on, c.ended_on) + 20 as limit_on,
      (greatest(c.due_on, c.last_paid_on, c.deferred_until) + interval '2 years')::date as prescribes_on,
      case when t.is_double then true
        when t.person_id is not null then trim(t.address) = '' or t.postal_code !~ '^[0-9]{7}$'
        when v.died_on <= $3 then false
        else v.address is null or trim(v.address) = '' or coalesce(v.postal_code, '') !~ '^[0-9]{7}$' end
      or concat(v.name, v.address, v.address_detail) ~ $6 as has_address_problem,
      h.is_live or e.instalment_id is not null as a02, g.a05, g.a06, heirs.person_id is null as has_no_heir,
      held.person_id is not null as has_held, l.issued_on as last_dunned_on, n.born_on is not null as has_namesake,
      k.insured_id is not null as has_left
    from candidates c join insured s on s.id = c.insured_id
    left join person_versions v on v.person_id = s.person_id and v.superseded_at is null and v.valid_to is null
    left join plain p on p.id = c.id left join stepped x on x.id = c.id
    left join history h on h.instalment_id = c.id left join elsewhere e on e.instalment_id = c.id
    left join guarded g on g.person_id = s.person_id left join heirs on heirs.person_id = s.person_id
    left join sent_to t on t.person_id = s.person_id left join held on held.person_id = s.person_id
    left join overpaid o on o.insured_id = c.insured_id left join last_dunned l on l.insured_id = c.insured_id
    left join namesakes n on n.name_folded = v.name_folded and n.born_on = v.born_on
    left join tokucho k on k.insured_id = c.insured_id and k.fuka_year = c.fuka_year),
  judged as materialized (
    select row_number() over (order by insured_no, fuka_year, period, chotei_year, tsuchisho_no)::int as row_no, f.*,
      array_remove(array[
        case when a02 then 'A02' end, case when $3 > prescribes_on then 'A10' end, case when is_early_collection then 'A12' end,
        case when is_in_force then 'A01' end, case when a05 then 'A05' end, case when a06 then 'A06' end,
        case when is_dead and has_no_heir then 'A04' end, case when has_held then 'A07' end,
        case when overpaid >= unpaid then 'A08' end], null) as hits,
      array_remove(array[
        case when $3 > limit_on then 'F-遅' end, case when due_on < $1 then 'F-残' end,
        case when last_dunned_on is null or last_dunned_on < ($3::date - interval '24 months')::date then 'F-初' end,
        case when unpaid >= 100000 then 'F-高' end, case when has_left then 'F-併' end, case when received > 0 then 'F-部' end,
        case when overpaid > 0 and overpaid < unpaid then 'F-過' end, case when has_namesake then 'F-同' end,
        case when moved_out_on <= $3 then 'F-転' end, case when has_address_problem then 'F-宛' end], null) as flags
    from facts f),
  listed as (
    insert into worksheet_rows (worksheet_id, row_no, instalment_id, insured_id, yen, verdict, reason, other_reasons, flags)
    select $5, row_no, id, insured_id, unpaid,
      case when hits = '{}' then '対象' when hits[1] in ('A06', 'A07', 'A08') then '要確認' else '除外' end,
      hits[1], hits[2:], flags from judged order by row_no)
insert into delinquent_rows (worksheet_id, row_no, due_on, charged_yen, received_yen, unpaid_yen, fee_yen, entaikin_yen, limit_on,
  prescribes_on, days_late, overpaid_yen, addressee_kind, payment_method, change, previous_unpaid_yen)
select $5, row_no, due_on, charged, received, unpaid, 0, entaikin, limit_on, prescribes_on, $3::date - due_on, overpaid,
  addressee_kind, '納付書', '初版', null from judged order by row_no`
