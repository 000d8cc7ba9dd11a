import type { FileLoader } from '../loader.ts'

/** 町域: what a 郵便番号 stands for, as the カスタマバーコード needs it. A line 「廃止」 ends one; a postal code may have several. */
export const choikiLoader: FileLoader = {
  kind: 'choiki',
  fills: ['postal_towns'],
  uniqueBy: ['postal_code', 'town'],
  checks: [],
  async apply(tx, file) {
    await tx.run(
      `update postal_towns t set superseded_at = $1 from stage s
       where t.postal_code = s.postal_code and t.town = s.town and t.superseded_at is null and s.state = '廃止'`,
      [file.at],
    )
    await tx.run(
      `insert into postal_towns (postal_code, town, recorded_at, file_id, line)
       select s.postal_code, s.town, $2, $1, s.line from stage s
       where s.state is distinct from '廃止' and not exists (
         select from postal_towns t where t.postal_code = s.postal_code and t.town = s.town and t.superseded_at is null)
       order by s.line`,
      [file.id, file.at],
    )
  },
}
