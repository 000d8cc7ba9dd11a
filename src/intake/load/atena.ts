import { foldForSearch } from '#rules/names/fold-for-search.ts'
import type { FileLoader } from '../loader.ts'

/** What a version of a person says; the file has a column for each but the folded ones. */
const FACTS = `resident_kind name kana born_on sex postal_code address address_detail phone household_no relation
  moved_in_on moved_out_on died_on`.split(/\s+/)
const KEPT = [...FACTS, 'kana_folded', 'name_folded'].join(', ')
const facts = (alias: string): string => FACTS.map((column) => `${alias}.${column}`).join(', ')

/** A person of unknown birth: older than anybody in the books. */
const BEGINNING = `date '1868-01-25'`

/**
 * 宛名: what is new or has changed becomes a version that holds from today; what was known stays, closed the day before and
 * marked with when we learnt better (`superseded_at`). The first version of a person holds since birth: the file says what
 * is so, not since when. Equal lines add nothing. ADR 0061.
 */
export const atenaLoader: FileLoader = {
  kind: 'atena',
  fills: ['persons', 'person_versions'],
  uniqueBy: ['atena_no'],
  derived: [
    { column: 'kana_folded', from: 'kana', compute: foldForSearch },
    { column: 'name_folded', from: 'name', compute: foldForSearch },
  ],
  checks: [],
  async apply(tx, file) {
    await tx.run(
      `insert into persons (atena_no) select atena_no from stage order by line on conflict (atena_no) do nothing`,
    )
    await tx.run(
      `create temporary table changed on commit drop as
       select s.*, p.id as person_id, v.id as former_id, v.valid_from as former_from
       from stage s join persons p on p.atena_no = s.atena_no
       left join person_versions v on v.person_id = p.id and v.superseded_at is null and v.valid_to is null
       where v.id is null or (${facts('v')}) is distinct from (${facts('s')})`,
    )
    await tx.run(`update person_versions v set superseded_at = $1 from changed c where v.id = c.former_id`, [file.at])
    await tx.run(
      `insert into person_versions (person_id, valid_from, valid_to, recorded_at, file_id, line, ${KEPT})
       select v.person_id, v.valid_from, $2::date - 1, $1, v.file_id, v.line, ${KEPT.split(', ')
         .map((one) => `v.${one}`)
         .join(', ')}
       from person_versions v join changed c on c.former_id = v.id where v.valid_from < $2`,
      [file.at, file.today],
    )
    await tx.run(
      `insert into person_versions (person_id, valid_from, recorded_at, file_id, line, ${KEPT})
       select c.person_id,
         case when c.former_id is null then least(coalesce(c.born_on, ${BEGINNING}), $3::date)
              else greatest(c.former_from, $3::date) end,
         $2, $1, c.line, ${KEPT.split(', ')
           .map((one) => `c.${one}`)
           .join(', ')}
       from changed c order by c.line`,
      [file.id, file.at, file.today],
    )
  },
}
