import type { SqlValue } from '#db/database.ts'
import { foldForSearch } from '#rules/names/fold-for-search.ts'

/** More people than this are no search: the list of their tasks would be the whole list. */
const PEOPLE = 1_000

/** A typed text as the beginning of a LIKE pattern. */
export const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

/**
 * Tasks that a typed text finds, as a SELECT of their ids. What the text looks like says where to look, so that one index
 * answers: 「R8-52-…」 a 処理番号, digits the beginning of a 被保険者番号, anything else the beginning of 氏名 or カナ of a person
 * on the task's list.
 */
export function personTasksSql(text: string, place: (value: SqlValue) => string): string {
  const number = text.normalize('NFKC').trim().toUpperCase()
  if (/^R\d{1,2}(-|$)/.test(number))
    return `select found.task_id from task_list found where found.is_open and found.run_number like ${place(`${escapeLike(number)}%`)}`
  const people = /^\d+$/.test(number)
    ? `select n.id from insured n where n.insured_no like ${place(`${number}%`)} limit ${PEOPLE}`
    : namedSql(place(`${escapeLike(foldForSearch(text))}%`))
  return `select found.task_id from task_list found
    join (select distinct wr.worksheet_id from worksheet_rows wr where wr.insured_id = any (array(${people}))) sheet
      on sheet.worksheet_id = found.worksheet_id`
}

/**
 * Two indexes, one a column: an OR of both would read every person. The lateral part keeps it at one look a person: joined as
 * usual, a thousand people are guessed to be worth reading all insured.
 */
const namedSql = (folded: string): string =>
  `select n.id from (
     select v.person_id from person_versions v where v.superseded_at is null and v.valid_to is null and v.kana_folded like ${folded}
     union
     select v.person_id from person_versions v where v.superseded_at is null and v.valid_to is null and v.name_folded like ${folded}
   ) p cross join lateral (select i.id from insured i where i.person_id = p.person_id offset 0) n limit ${PEOPLE}`
