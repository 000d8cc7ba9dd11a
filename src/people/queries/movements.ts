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

/** As many lines as a person brings with it; older ones page by page. */
export const MOVEMENTS_PAGE = 200

/** Sides of movements that lie on an instalment. */
const SIDES = `
     from instalments i
     join lateral (
       select id, posting_number, component, credit_account, debit_account, received_on, debit_account as account, yen
       from movements where debit_instalment_id = i.id
       union all
       select id, posting_number, component, credit_account, debit_account, received_on, credit_account, -yen
       from movements where credit_instalment_id = i.id
     ) m on true`

/**
 * お金の動き of a person, newest first, a page of it. `isMasked`: without the place of a payment, for the road tells where the
 * person was (sheet 1.1 §2.2).
 */
export async function movementsOf(
  sql: Sql,
  insuredId: bigint,
  page: { readonly isMasked: boolean; readonly limit?: number; readonly offset?: number },
): Promise<{ readonly items: readonly MovementView[]; readonly total: number }> {
  const { isMasked, limit = MOVEMENTS_PAGE, offset = 0 } = page
  const { total } = await sql.one<{ total: number }>(`select count(*)::int as total ${SIDES} where i.insured_id = $1`, [
    insuredId,
  ])
  const rows = await sql.rows<Row>(
    `select p.number::text as "postingNumber", p.booked_on as "bookedOn", m.received_on as "receivedOn",
       i.fuka_year as "fukaYear", i.period, p.kind, m.component, m.credit_account as "creditAccount",
       m.debit_account as "debitAccount", case when m.account = '調定' then m.yen else -m.yen end as yen,
       coalesce(f.name || ' ' || p.cause_line || '行目', r.number, p.cause_decision, '') as cause
     ${SIDES}
     join postings p on p.number = m.posting_number
     left join files f on f.id = p.cause_file_id
     left join runs r on r.id = p.cause_run_id
     where i.insured_id = $1
     order by coalesce(m.received_on, p.booked_on) desc, p.number desc, m.id desc limit $2 offset $3`,
    [insuredId, limit, offset],
  )
  const items = rows.map((row) => ({ ...row, yen: yenToJson(row.yen) }))
  return { items: isMasked ? items.map(withoutPlace) : items, total }
}

/** 納付場所 of a protected person. */
function withoutPlace(one: MovementView): MovementView {
  const plain = (account: string): string => (account.startsWith('収納:') ? '収納' : account)
  return { ...one, creditAccount: plain(one.creditAccount), debitAccount: plain(one.debitAccount) }
}
