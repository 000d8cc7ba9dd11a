import { addDays, type PlainDate } from '#kernel/plain-date.ts'
import { onOrNextBusinessDay } from '#rules/calendar/business-days.ts'
import { loadHolidays } from '#db/calendar.ts'
import type { Tx } from '#db/database.ts'
import type { FileLoader } from '#intake/loader.ts'
import { lockLedger } from './counter.ts'
import { receiptFiscalYear } from './fiscal-year.ts'
import { sameInstalment } from './instalment-key.ts'
import { postStaged, type StagedMovement } from './post-staged.ts'

const ENTAIKIN = 'coalesce(s.entaikin_yen, 0)'
const FEE = 'coalesce(s.fee_yen, 0)'
const LINE_YEN = `s.principal_yen + ${ENTAIKIN} + ${FEE}`

const charge = (component: 'E' | 'T', yen: string, where: string): StagedMovement => ({
  component,
  credit: ['調定', null],
  debit: ['調定', 's.instalment_id'],
  yen,
  where,
})
const receipt = (component: 'P' | 'E' | 'T', yen: string): StagedMovement => ({
  component,
  credit: ['s.account', null],
  debit: ['s.account', 's.instalment_id'],
  yen,
  where: `${yen} > 0`,
  days: ['s.received_on', 's.collected_on'],
})

/**
 * 収納: V3 of the whole amounts as the payer designated them; what exceeds the charge stays there as excess. 延滞金 is charged
 * with an equal V1 at once (事後調定, sheet shuno-common §5); 督促手数料 likewise, by the first payment of an instalment that has no
 * fee charge yet: fees of the time before this ledger come without one. Lines act in the order 領収日, line. ADR 0062.
 */
export const shunoLoader: FileLoader = {
  kind: 'shuno',
  fills: ['postings', 'movements', 'instalment_balances'],
  checks: [
    { code: 'L28', field: 'principal_yen', isBad: `${LINE_YEN} = 0` },
    {
      code: 'L23',
      field: 'tsuchisho_no',
      isBad: `not exists (select from instalments i where ${sameInstalment('i', 's')})`,
    },
  ],
  controlYen: LINE_YEN.replaceAll('s.', ''),
  async apply(tx, file) {
    await lockLedger(tx)
    await bookingDays(tx)
    await tx.run(
      `create temporary table receipts on commit drop as
       select row_number() over (order by s.received_on, s.line) as n, s.line, i.id as instalment_id, i.chotei_year,
         d.booked_on, '収納:' || s.road as account, s.principal_yen, ${ENTAIKIN} as entaikin_yen, ${FEE} as fee_yen,
         s.received_on, s.collected_on, false as charges_fee
       from stage s join instalments i on ${sameInstalment('i', 's')}
       join booking_days d on d.day = coalesce(s.collected_on, s.received_on)`,
    )
    await tx.run(
      `update receipts r set charges_fee = true
       from (select distinct on (instalment_id) n from receipts where fee_yen > 0 order by instalment_id, n) first
       where r.n = first.n and not exists (
         select from instalment_balances b where b.instalment_id = r.instalment_id and b.component = 'T' and b.charged > 0)`,
    )
    await postStaged(tx, file, {
      table: 'receipts',
      kind: '収納',
      fiscalYear: receiptFiscalYear('s.booked_on', 's.chotei_year'),
      movements: [
        charge('E', 's.entaikin_yen', 's.entaikin_yen > 0'),
        charge('T', 's.fee_yen', 's.charges_fee'),
        receipt('P', 's.principal_yen'),
        receipt('E', 's.entaikin_yen'),
        receipt('T', 's.fee_yen'),
      ],
    })
  },
}

/** 会計日 of each 収納日 (else 領収日) of the file: the day itself when it is a 開庁日, else the next one. Sheet shuno-common §8. */
async function bookingDays(tx: Tx): Promise<void> {
  const days = await tx.rows<{ day: PlainDate }>(
    `select distinct coalesce(collected_on, received_on) as day from stage order by day`,
  )
  const [first, last] = [days[0]?.day, days.at(-1)?.day]
  await tx.run(`create temporary table booking_days (day date primary key, booked_on date not null) on commit drop`)
  if (first === undefined || last === undefined) return
  const holidays = await loadHolidays(tx, first, addDays(last, 60))
  await tx.copyIn(
    'booking_days',
    ['day', 'booked_on'],
    days.map(({ day }) => [day, onOrNextBusinessDay(day, holidays)]),
  )
}
