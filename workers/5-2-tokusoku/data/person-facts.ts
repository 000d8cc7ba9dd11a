import type { PlainDate } from '#kernel/plain-date.ts'
import type { SpellingDecision } from '#rules/names/printed-spelling.ts'
import {
  chooseAddressee,
  type Address,
  type AddresseeChoice,
  type Counterpart,
  type Delivery,
} from '#rules/tokusoku/choose-addressee.ts'
import { isProtectedWithin, type ProtectionMeasure } from '#rules/tokusoku/protection.ts'

/** CTEs `guarded`, `sent_to` and `spelt` by person: 抑止, 送付先 and 代替表記 as JSON lists, rows in force in our knowledge. */
export const PERSON_CTES = `
  guarded as (
    select person_id, json_agg(json_build_object('startOn', starts_on, 'plannedEndOn', expires_on, 'releasedOn', released_on,
        'opponentName', opponent_name, 'opponentBornOn', opponent_born_on) order by starts_on, id) as list
    from protections where superseded_at is null group by 1),
  sent_to as (
    select person_id, json_agg(json_build_object('kind', kind, 'name', name, 'postalCode', coalesce(postal_code, ''),
        'address', coalesce(address, ''), 'building', coalesce(address_detail, ''), 'from', starts_on, 'to', ends_on)
        order by starts_on, id) as list
    from delivery_addresses where superseded_at is null group by 1),
  spelt as (
    select person_id, json_agg(json_build_object('field', field, 'original', original, 'substitute', substitute,
        'from', valid_from, 'to', valid_to) order by valid_from, id) as list
    from print_spellings group by 1)`

/** JSON of the 宛名 address of person version `v`; null when there is none. */
export const HOME_JSON = `case when v.address is null then null else json_build_object('postalCode', coalesce(v.postal_code, ''),
    'address', v.address, 'building', coalesce(v.address_detail, '')) end`

/** Columns of a person's facts over the CTEs and person version `v`. */
export const PERSON_COLUMNS = `coalesce(v.name, '') as name, v.born_on, v.died_on, ${HOME_JSON} as home,
  coalesce(guarded.list, '[]') as protections, coalesce(sent_to.list, '[]') as deliveries,
  coalesce(spelt.list, '[]') as spellings`

/** Joins from insured `s`. */
export const PERSON_JOINS = `
  left join person_versions v on v.person_id = s.person_id and v.superseded_at is null and v.valid_to is null
  left join guarded on guarded.person_id = s.person_id
  left join sent_to on sent_to.person_id = s.person_id
  left join spelt on spelt.person_id = s.person_id`

export interface PersonRow {
  readonly name: string
  readonly born_on: PlainDate | null
  readonly died_on: PlainDate | null
  readonly home: Address | null
  readonly protections: readonly (ProtectionMeasure & {
    readonly opponentName: string | null
    readonly opponentBornOn: PlainDate | null
  })[]
  readonly deliveries: readonly Delivery[]
  readonly spellings: readonly SpellingDecision[]
}

/** 宛名の決定 for a letter of `run`, from the facts known now. `isApproved`: a 係長 decided for 個別送付. */
export function addresseeOf(
  person: PersonRow,
  run: { readonly asOf: PlainDate; readonly issueOn: PlainDate },
  isApproved: boolean,
): AddresseeChoice & { readonly isProtected: boolean } {
  const inForce = person.protections.filter((one) => isProtectedWithin(one, run.asOf, run.issueOn))
  const counterparts: Counterpart[] = inForce.flatMap(({ opponentName, opponentBornOn }) =>
    opponentName === null ? [] : [{ name: opponentName, bornOn: opponentBornOn }],
  )
  const facts = {
    name: person.name,
    bornOn: person.born_on,
    deathOn: person.died_on,
    home: person.home,
    deliveries: person.deliveries,
    isProtected: inForce.length > 0,
    isApproved,
    counterparts,
  }
  return { ...chooseAddressee(facts, run.issueOn), isProtected: inForce.length > 0 }
}
