import type { RunInvariant } from '#runtime/check-run.ts'

/** 印刷順: 郵便番号, 宛名番号, 賦課年度, 通知書番号, 期別 (`sort_key`). */
export const printFilesInOrder: RunInvariant = {
  number: 11,
  statement: '印刷ファイルは500通以内で、印刷順に並んでいる',
  sql: `
    with inside as (
      select f.id, f.number, f.version, f.notice_count, n.sort_key,
        lag(n.sort_key) over (partition by f.id order by c.position) as before
      from print_files f join print_file_notices c on c.print_file_id = f.id join notices n on n.id = c.notice_id
      where f.run_id = $1)
    select concat('印刷ファイル ', number, ' 第', version, '版') as what
    from inside group by id, number, version, notice_count
    having count(*) > 500 or count(*) <> notice_count
      or bool_or(before collate "C" > sort_key collate "C")`,
}
