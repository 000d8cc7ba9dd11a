import type { PlainDate } from '#kernel/plain-date.ts'
import { yenToJson } from '#kernel/yen.ts'
import type { Sql } from '#db/database.ts'

/** お金の動き as the office reads them. */
export interface MovementView {
  readonly postingNumber: string
  readonly bookedOn: PlainDate
  readonly receivedOn: PlainDate | null
  readonly fukaYear: number | null
  readonly period: string | null
  readonly kind: string
  readonly component: 'P' | 'E' | 'T' | 'K'
  readonly creditAccount: string
  readonly debitAccount: string
  /** Change of what is owed: + charged, − received. */
  readonly yen: number
  readonly cause: string
}
type Row = Omit<MovementView, 'yen'> & { readonly yen: bigint }

const AT_MOST = 500

/** お金の動き of a person, newest first, at most 500. The place of a payment is not in it (sheet 1.1 §2.2). */
export async function movementsOf(sql: Sql, insuredId: bigint): Promise<readonly MovementView[]> {
  const rows = await sql.rows<Row>(
    `select p.number::text as "postingNumber", p.booked_on as "bookedOn", m.received_on as "receivedOn",
       i.fuka_year as "fukaYear", i.period, p.kind, m.component, m.credit_account as "creditAccount",
       m.debit_account as "debitAccount", case when m.account = '調定' then m.yen else -m.yen end as yen,
       coalesce(f.name || ' ' || p.cause_line || '行目', r.number, p.cause_decision, '') as cause
     from instalments i
     join lateral (
       select id, posting_number, component, credit_account, debit_account, received_on, debit_account as account, yen
       from movements where debit_instalment_id = i.id
       union all
       select id, posting_number, component, credit_account, debit_account, received_on, credit_account, -yen
       from movements where credit_instalment_id = i.id
     ) m on true
     join postings p on p.number = m.posting_number
     left join files f on f.id = p.cause_file_id
     left join runs r on r.id = p.cause_run_id
     where i.insured_id = $1
     order by coalesce(m.received_on, p.booked_on) desc, p.number desc, m.id desc limit ${AT_MOST}`,
    [insuredId],
  )
  return rows.map((row) => ({ ...row, yen: yenToJson(row.yen) }))
}
