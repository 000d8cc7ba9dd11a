import type { FileLoader } from '#intake/loader.ts'
import { INSTALMENT_KEY, sameInstalment } from './instalment-key.ts'

/** 徴収猶予: a line adds a 猶予; one with a known start and another end or number replaces what was known, which stays on record. */
export const yuyoLoader: FileLoader = {
  kind: 'yuyo',
  fills: ['deferrals'],
  uniqueBy: [...INSTALMENT_KEY, 'starts_on'],
  checks: [
    { code: 'L25', field: 'ends_on', isBad: 's.ends_on < s.starts_on' },
    {
      code: 'L23',
      field: 'tsuchisho_no',
      isBad: `not exists (select from instalments i where ${sameInstalment('i', 's')})`,
    },
  ],
  async apply(tx, file) {
    await tx.run(
      `update deferrals d set superseded_at = $1
       from stage s join instalments i on ${sameInstalment('i', 's')}
       where d.instalment_id = i.id and d.starts_on = s.starts_on and d.superseded_at is null
         and (d.ends_on, d.decision_no) is distinct from (s.ends_on, s.decision_no)`,
      [file.at],
    )
    await tx.run(
      `insert into deferrals (instalment_id, starts_on, ends_on, decision_no, recorded_at, file_id, line)
       select i.id, s.starts_on, s.ends_on, s.decision_no, $2, $1, s.line
       from stage s join instalments i on ${sameInstalment('i', 's')}
       where not exists (select from deferrals d
         where d.instalment_id = i.id and d.starts_on = s.starts_on and d.superseded_at is null)
       order by s.line`,
      [file.id, file.at],
    )
  },
}
