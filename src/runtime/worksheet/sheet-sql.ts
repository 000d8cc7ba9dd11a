import type { WorksheetKind } from './kind.ts'
import { lastMarks } from './last-marks.ts'

/** 判定 after the last mark; aliases r row, m last mark. */
export const effectiveVerdict = `case m.action when 'exclude' then '除外' when 'pull' then '除外'
  when 'include' then '対象' when 'unpull' then '対象' else r.verdict end`

const facts = (kind: WorksheetKind): string => `
  worksheet_rows r
  join ${kind.detailTable} d on d.worksheet_id = r.worksheet_id and d.row_no = r.row_no
  join instalments i on i.id = r.instalment_id
  join insured s on s.id = r.insured_id
  left join person_versions p on p.person_id = s.person_id and p.superseded_at is null and p.valid_to is null`

/** FROM of a whole list with the standard aliases; $1 is the worksheet. */
export const wholeSheet = (kind: WorksheetKind): string => `${facts(kind)}
  left join (${lastMarks('$1')}) m on m.row_no = r.row_no
  ${kind.joins}`

/** FROM of some rows of a list with their facts: each row's last mark is looked up by itself. */
export const rowFacts = (kind: WorksheetKind): string => `${facts(kind)}
  left join lateral (select * from worksheet_marks k where k.worksheet_id = r.worksheet_id and k.row_no = r.row_no
                     and k.action <> 'note' order by k.id desc limit 1) m on true
  ${kind.joins}`

/** The same with who marked the row (ms) and the last memo. */
export const someRows = (kind: WorksheetKind): string => `${rowFacts(kind)}
  left join users mu on mu.id = m.user_id
  left join staff ms on ms.id = mu.staff_id
  left join lateral (select note from worksheet_marks n where n.worksheet_id = r.worksheet_id and n.row_no = r.row_no
                     and n.note is not null order by n.id desc limit 1) memo on true`

/** Where the 前版との差 of a list stands; a kind without versions has none. */
export const changeSql = (kind: WorksheetKind): string =>
  kind.detailColumns.includes('change') ? 'd.change' : 'null::text'
