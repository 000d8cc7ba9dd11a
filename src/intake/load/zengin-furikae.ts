import { readCustomerNumber } from '#rules/furikae/customer-number.ts'
import { debitDay } from '#rules/furikae/debit-day.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import type { FileLoader } from '../loader.ts'

type Part = keyof NonNullable<ReturnType<typeof readCustomerNumber>>
/** A part of the 期割 that a 顧客番号 names, as text; empty when it names none. */
const keyPart = (part: Part) => (text: string) => String(readCustomerNumber(text)?.[part] ?? '')

/** Staged line `s` and 期割 `i`. Only 普徴 is debited from an account. */
const INSTALMENT = `i.tsuchisho_no = s.tsuchisho_no and i.period = s.period and i.method = '普徴'
  and i.fuka_year = nullif(s.fuka_year, '')::int and i.chotei_year = nullif(s.chotei_year, '')::int`

/** The known request of the line's day and 期割. */
const KNOWN = `debit_requests r join instalments i on i.id = r.instalment_id
  where ${INSTALMENT} and to_char(r.debit_on, 'MMDD') = s.debit_md`

/**
 * 口座振替依頼・結果: what was asked of the banks, and what they answered. A result may come without its request having been taken
 * in. Nothing is posted here: a collected debit waits for its 収納 (A07 until then), a failed one shows as F-不能.
 */
export const furikaeLoader: FileLoader = {
  kind: 'zengin-furikae',
  fills: ['debit_requests', 'debit_results'],
  derived: [
    { column: 'tsuchisho_no', from: 'customer_no', compute: keyPart('tsuchishoNo') },
    { column: 'period', from: 'customer_no', compute: keyPart('period') },
    { column: 'fuka_year', from: 'customer_no', compute: keyPart('fukaYear') },
    { column: 'chotei_year', from: 'customer_no', compute: keyPart('choteiYear') },
    // 全角: a name of a bank, not of a person
    { column: 'bank_label', from: 'bank_name', compute: (text) => text.normalize('NFKC') },
  ],
  uniqueBy: ['customer_no', 'debit_md'],
  checks: [
    { code: 'L33', field: 'customer_no', isBad: `s.tsuchisho_no = ''` },
    { code: 'L23', field: 'customer_no', isBad: `not exists (select from instalments i where ${INSTALMENT})` },
    { code: 'L28', field: 'yen', isBad: 's.yen = 0' },
    { code: 'L34', field: 'yen', isBad: `exists (select from ${KNOWN} and r.yen <> s.yen)` },
    {
      code: 'L34',
      field: 'result_code',
      isBad: `s.part = '結果' and exists (select from ${KNOWN} and exists (
        select from debit_results x where x.debit_request_id = r.id and x.result_code <> s.result_code))`,
    },
  ],
  controlYen: 'yen',
  async apply(tx, file) {
    const days = await tx.rows<{ debit_md: string; due_on: PlainDate }>(
      `select distinct s.debit_md, i.due_on from stage s join instalments i on ${INSTALMENT}`,
    )
    await tx.run(`create temporary table debit_days (debit_md text, due_on date, debit_on date) on commit drop`)
    await tx.copyIn(
      'debit_days',
      ['debit_md', 'due_on', 'debit_on'],
      days.map(({ debit_md: monthDay, due_on: dueOn }) => [monthDay, dueOn, debitDay(monthDay, dueOn)]),
    )
    const source = `stage s join instalments i on ${INSTALMENT} join debit_days d on d.debit_md = s.debit_md and d.due_on = i.due_on`
    await tx.run(
      `insert into debit_requests (instalment_id, debit_on, yen, bank_no, bank_name, customer_no, file_id, line, recorded_at)
       select i.id, d.debit_on, s.yen, s.bank_no, s.bank_label, s.customer_no, $1, s.line, $2 from ${source} order by s.line
       on conflict (instalment_id, debit_on) do nothing`,
      [file.id, file.at],
    )
    await tx.run(
      `insert into debit_results (debit_request_id, result_code, file_id, line, recorded_at)
       select r.id, s.result_code, $1, s.line, $2
       from ${source} join debit_requests r on r.instalment_id = i.id and r.debit_on = d.debit_on
       where s.part = '結果' order by s.line on conflict (debit_request_id) do nothing`,
      [file.id, file.at],
    )
  },
}
