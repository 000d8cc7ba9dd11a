import type { Sql, SqlValue } from '#db/database.ts'
import { prepared } from '#db/prepared.ts'
import { foldForSearch } from '#rules/names/fold-for-search.ts'

/** More people than this are no search: the list of their tasks would be the whole list. */
const MOST_PEOPLE = 1_000

/** A typed text as the beginning of a LIKE pattern. */
export const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

const numberOf = (text: string): string => text.normalize('NFKC').trim().toUpperCase()
const isRunNumber = (number: string): boolean => /^R\d{1,2}(-|$)/.test(number)

/**
 * Tasks that a typed text finds, as a SELECT of their ids. What the text looks like says where to look, so that one index
 * answers: 「R8-52-…」 a 処理番号, digits the beginning of a 被保険者番号, anything else the beginning of 氏名 or カナ of a person
 * on the task's list. Of more people than `peopleLookedAt` says, the rest is not looked at.
 */
export function personTasksSql(text: string, place: (value: SqlValue) => string): string {
  const number = numberOf(text)
  if (isRunNumber(number))
    return `select found.task_id from task_list found where found.is_open and found.run_number like ${place(`${escapeLike(number)}%`)}`
  return `select found.task_id from task_list found
    join (select distinct wr.worksheet_id from worksheet_rows wr where wr.insured_id = any (array(${peopleSql(text, MOST_PEOPLE, place)}))) sheet
      on sheet.worksheet_id = found.worksheet_id`
}

/** Of how many people a search lists the tasks when the typed text fits more of them; null when it lists those of all. */
export async function peopleLookedAt(sql: Sql, text: string): Promise<number | null> {
  if (isRunNumber(numberOf(text))) return null
  const params: SqlValue[] = []
  const people = peopleSql(text, MOST_PEOPLE + 1, (value) => `$${params.push(value)}`)
  const { n } = await sql.one<{ n: number }>(prepared(`select count(*)::int as n from (${people}) p`), params)
  return n > MOST_PEOPLE ? MOST_PEOPLE : null
}

function peopleSql(text: string, limit: number, place: (value: SqlValue) => string): string {
  const number = numberOf(text)
  const people = /^\d+$/.test(number)
    ? `select n.id from insured n where n.insured_no like ${place(`${number}%`)}`
    : namedSql(place(`${escapeLike(foldForSearch(text))}%`))
  return `${people} limit ${limit}`
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
   ) p cross join lateral (select i.id from insured i where i.person_id = p.person_id offset 0) n`
