import type { FileLoader } from '../loader.ts'
import { loadSuperseding, NEEDS_PERSON } from './superseding.ts'

/** 被保険者: one row a 被保険者番号, its 資格 as periods by 資格取得日. A number never changes its person. */
export const hihokenshaLoader: FileLoader = {
  kind: 'hihokensha',
  fills: ['insured', 'insured_periods'],
  uniqueBy: ['insured_no', 'acquired_on'],
  checks: [
    NEEDS_PERSON,
    { code: 'L25', field: 'lost_on', isBad: 's.lost_on < s.acquired_on' },
    {
      code: 'L26',
      field: 'insured_no',
      isBad: `exists (select from insured n join persons p on p.id = n.person_id
        where n.insured_no = s.insured_no and p.atena_no <> s.atena_no)`,
    },
    {
      code: 'L26',
      field: 'insured_no',
      isBad: `s.line in (select line from (
        select line, atena_no, first_value(atena_no) over (partition by insured_no order by line) as first_atena_no
        from stage where errors is null) of_number where atena_no <> first_atena_no)`,
    },
  ],
  async apply(tx, file) {
    await tx.run(
      `insert into insured (insured_no, person_id)
       select distinct on (s.insured_no) s.insured_no, p.id from stage s join persons p on p.atena_no = s.atena_no
       order by s.insured_no, s.line on conflict (insured_no) do nothing`,
    )
    await loadSuperseding(tx, file, {
      table: 'insured_periods',
      owner: { column: 'insured_id', join: 'join insured o on o.insured_no = s.insured_no', id: 'o.id' },
      key: ['acquired_on'],
      facts: ['acquired_reason', 'lost_on', 'lost_reason'],
    })
  },
}
