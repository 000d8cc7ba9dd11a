import { warekiShortSql } from '#db/wareki-sql.ts'
import type { RunInvariant } from '#runtime/check-run.ts'
import { instalmentWords } from './sql.ts'

/** 開庁日 as in `src/rules/calendar/business-day.ts`; the days of `holidays` come with the check. */
const isClosed = (day: string): string => `(extract(isodow from ${day}) in (6, 7)
  or to_char(${day}, 'MM-DD') >= '12-29' or to_char(${day}, 'MM-DD') <= '01-03'
  or ${day} in (select day from holidays))`

export const deadlineIsLawful: RunInvariant = {
  number: 7,
  statement: '指定期限は、発送日から10日以上後の開庁日である',
  sql: `
    select concat('指定期限 ', ${warekiShortSql('h.designated_on')}, ' ', ${instalmentWords}) as what
    from tokusoku_history h join instalments i on i.id = h.instalment_id
    where h.run_id = $1 and (h.designated_on < h.issued_on + 10 or ${isClosed('h.designated_on')})`,
}
