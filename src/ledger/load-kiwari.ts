import { onOrNextBusinessDay } from '#rules/calendar/business-days.ts'
import { addDays } from '#kernel/plain-date.ts'
import { loadHolidays } from '#db/calendar.ts'
import type { FileLoader } from '#intake/loader.ts'
import { INSTALMENT_KEY, sameInstalment } from './instalment-key.ts'
import { lockLedger } from './counter.ts'
import { postStaged } from './post-staged.ts'

/** A holiday calendar this far ahead always holds the next 開庁日. */
const AHEAD = 60

/**
 * 期割: a new instalment is charged with V1; a changed 調定額 posts the difference (V1 or V2). A 移行 charge is booked before
 * the ledger's own days (4/1 of its 調定年度), a difference on the day it is loaded. ADR 0062.
 */
export const kiwariLoader: FileLoader = {
  kind: 'kiwari',
  fills: ['instalments', 'postings', 'movements', 'instalment_balances'],
  uniqueBy: INSTALMENT_KEY,
  checks: [
    {
      code: 'L22',
      field: 'insured_no',
      isBad: `not exists (select from insured n where n.insured_no = s.insured_no)`,
    },
    {
      code: 'L27',
      field: 'insured_no',
      hint: `'被保険者番号'`,
      isBad: `exists (select from instalments i join insured n on n.id = i.insured_id
        where ${sameInstalment('i', 's')} and n.insured_no <> s.insured_no)`,
    },
    {
      code: 'L27',
      field: 'due_on',
      hint: `'納期限'`,
      isBad: `exists (select from instalments i where ${sameInstalment('i', 's')} and i.due_on <> s.due_on)`,
    },
  ],
  async apply(tx, file) {
    await lockLedger(tx)
    await tx.run(
      `insert into instalments (fuka_year, chotei_year, tsuchisho_no, period, method, insured_id, due_on, recorded_at,
         file_id, line)
       select s.fuka_year, s.chotei_year, s.tsuchisho_no, s.period, s.method, n.id, s.due_on, $2, $1, s.line
       from stage s join insured n on n.insured_no = s.insured_no order by s.line
       on conflict (fuka_year, chotei_year, tsuchisho_no, period, method) do nothing`,
      [file.id, file.at],
    )
    const holidays = await loadHolidays(tx, file.today, addDays(file.today, AHEAD))
    await tx.run(
      `create temporary table charges on commit drop as
       select row_number() over (order by s.line) as n, s.line, i.id as instalment_id, i.chotei_year,
         s.charged_yen - coalesce(b.charged, 0) as change_yen,
         case when i.file_id = $1 then least($2::date, make_date(i.chotei_year, 4, 1)) else $2::date end as booked_on
       from stage s join instalments i on ${sameInstalment('i', 's')}
       left join instalment_balances b on b.instalment_id = i.id and b.component = 'P'
       where s.charged_yen <> coalesce(b.charged, 0)`,
      [file.id, onOrNextBusinessDay(file.today, holidays)],
    )
    await postStaged(tx, file, {
      table: 'charges',
      kind: '調定',
      fiscalYear: 's.chotei_year',
      movements: [
        {
          component: 'P',
          credit: ['調定', null],
          debit: ['調定', 's.instalment_id'],
          yen: 's.change_yen',
          where: 's.change_yen > 0',
        },
        {
          component: 'P',
          credit: ['調定', 's.instalment_id'],
          debit: ['調定', null],
          yen: '-s.change_yen',
          where: 's.change_yen < 0',
        },
      ],
    })
  },
}
