import type { PlainDate } from '#kernel/plain-date.ts'
import type { Sql } from '#db/database.ts'

/** What was so of a person on a day, as it was known at a moment. */
export interface PersonVersion {
  readonly personId: bigint
  readonly atenaNo: string
  readonly residentKind: string
  readonly name: string
  readonly kana: string
  readonly bornOn: PlainDate | null
  readonly sex: string | null
  readonly postalCode: string | null
  readonly address: string | null
  readonly addressDetail: string | null
  readonly phone: string | null
  readonly householdNo: string | null
  readonly movedInOn: PlainDate | null
  readonly movedOutOn: PlainDate | null
  readonly diedOn: PlainDate | null
}

/**
 * 時点の宛名: the version that holds on `day`. `knownAt` (an instant) asks what the office knew then; null = what it knows now.
 * Null when nothing was known.
 */
export const personAsOf = (
  sql: Sql,
  personId: bigint,
  day: PlainDate,
  knownAt: string | null = null,
): Promise<PersonVersion | null> =>
  sql.maybe<PersonVersion>(
    `select p.id as "personId", p.atena_no as "atenaNo", v.resident_kind as "residentKind", v.name, v.kana,
       v.born_on as "bornOn", v.sex, v.postal_code as "postalCode", v.address, v.address_detail as "addressDetail",
       v.phone, v.household_no as "householdNo", v.moved_in_on as "movedInOn", v.moved_out_on as "movedOutOn",
       v.died_on as "diedOn"
     from persons p join person_versions v on v.person_id = p.id
     where p.id = $1 and v.valid_from <= $2 and (v.valid_to is null or $2 <= v.valid_to)
       and case when $3::timestamptz is null then v.superseded_at is null
           else v.recorded_at <= $3 and (v.superseded_at is null or v.superseded_at > $3) end`,
    [personId, day, knownAt],
  )
