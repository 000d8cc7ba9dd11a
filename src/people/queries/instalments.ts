import type { PlainDate } from '#kernel/plain-date.ts'
import { yenToJson } from '#kernel/yen.ts'
import type { Sql } from '#db/database.ts'

export interface InstalmentView {
  readonly instalmentId: string
  readonly fukaYear: number
  readonly choteiYear: number
  readonly tsuchishoNo: string
  readonly period: string
  readonly method: string
  readonly dueOn: PlainDate
  readonly chargedYen: number
  readonly receivedYen: number
  readonly unpaidYen: number
  readonly excessYen: number
  /** 督促手数料 still unpaid. */
  readonly feeYen: number
  readonly lastReceivedOn: PlainDate | null
  readonly status: string
}

export interface YearView {
  readonly fukaYear: number
  readonly chargedYen: number
  readonly receivedYen: number
  readonly unpaidYen: number
  /** Unpaid of instalments whose 納期限 has passed. */
  readonly overdueYen: number
  readonly instalments: readonly InstalmentView[]
}

type Row = {
  readonly [K in keyof InstalmentView]: InstalmentView[K] extends number
    ? K extends 'fukaYear' | 'choteiYear'
      ? number
      : bigint
    : InstalmentView[K]
}

/** 期割と残高 of a person by 賦課年度, newest year first. `today` tells 未納 from これから. */
export async function yearsOf(sql: Sql, insuredId: bigint, today: PlainDate): Promise<readonly YearView[]> {
  const rows = await sql.rows<Row>(
    `select i.id::text as "instalmentId", i.fuka_year as "fukaYear", i.chotei_year as "choteiYear",
       i.tsuchisho_no as "tsuchishoNo", i.period, i.method, i.due_on as "dueOn",
       coalesce(b.charged, 0)::bigint as "chargedYen", coalesce(b.received, 0)::bigint as "receivedYen",
       coalesce(b.unpaid, 0)::bigint as "unpaidYen", coalesce(b.excess, 0)::bigint as "excessYen",
       coalesce(t.unpaid, 0)::bigint as "feeYen",
       (select max(m.received_on) from movements m where m.debit_instalment_id = i.id
          and m.debit_account like '収納:%') as "lastReceivedOn",
       case
         when i.cancelled_on is not null then '取消'
         when coalesce(b.unpaid, 0) = 0 then '納付'
         when exists (select from deferrals d where d.instalment_id = i.id and d.superseded_at is null
           and d.starts_on <= $2 and $2 <= d.ends_on) then '猶予中'
         when exists (select from tokusoku_history h where h.instalment_id = i.id and h.cancelled_on is null) then '督促済'
         when i.due_on < $2 then '未納'
         else 'これから' end as status
     from instalments i
     left join instalment_balances b on b.instalment_id = i.id and b.component = 'P'
     left join instalment_balances t on t.instalment_id = i.id and t.component = 'T'
     where i.insured_id = $1
     order by i.fuka_year desc, i.method, i.chotei_year, i.tsuchisho_no, i.period`,
    [insuredId, today],
  )
  const byYear = Map.groupBy(rows, (row) => row.fukaYear)
  return [...byYear].map(([fukaYear, ofYear]) => ({
    fukaYear,
    chargedYen: total(ofYear, 'chargedYen'),
    receivedYen: total(ofYear, 'receivedYen'),
    unpaidYen: total(ofYear, 'unpaidYen'),
    overdueYen: total(
      ofYear.filter((row) => row.dueOn < today),
      'unpaidYen',
    ),
    instalments: ofYear.map(viewOf),
  }))
}

const total = (rows: readonly Row[], of: 'chargedYen' | 'receivedYen' | 'unpaidYen'): number =>
  yenToJson(rows.reduce((sum, row) => sum + row[of], 0n))

const viewOf = (row: Row): InstalmentView => ({
  ...row,
  chargedYen: yenToJson(row.chargedYen),
  receivedYen: yenToJson(row.receivedYen),
  unpaidYen: yenToJson(row.unpaidYen),
  excessYen: yenToJson(row.excessYen),
  feeYen: yenToJson(row.feeYen),
})
