import type { PlainDate } from '#kernel/plain-date.ts'
import { guard, type Guarded, withhold } from '#access/masking.ts'
import { protectedOn } from '#access/protected-on.ts'
import type { Sql } from '#db/database.ts'
import { yearsOf, type YearView } from './instalments.ts'
import { movementsOf, type MovementView } from './movements.ts'
import { judgementsOf, type JudgementView } from './judgements.ts'
import {
  deferralsOf,
  type DeferralView,
  noticesOf,
  type NoticeView,
  openTasksOf,
  type OpenTaskView,
  type WordsOf,
} from './papers.ts'
import { insuredStatus, versionOn } from './status.ts'

export interface InsuredOverview {
  readonly insuredId: string
  readonly insuredNo: string
  readonly atenaNo: string
  readonly name: string
  readonly kana: Guarded
  readonly bornOn: PlainDate | null
  readonly sex: string | null
  readonly postalCode: Guarded
  readonly address: Guarded
  readonly phone: Guarded
  readonly household: Guarded
  readonly status: string
  readonly diedOn: PlainDate | null
  readonly movedOutOn: PlainDate | null
  readonly periods: readonly PeriodView[]
  readonly protection: ProtectionView | null
  readonly isProtected: boolean
  readonly deliveries: readonly DeliveryView[]
  readonly years: readonly YearView[]
  /** The newest lines of お金の動き, and how many there are. */
  readonly movements: readonly MovementView[]
  readonly movementTotal: number
  readonly notices: readonly NoticeView[]
  readonly deferrals: readonly DeferralView[]
  readonly tasks: readonly OpenTaskView[]
  /** The newest lines of 一覧での判定, and how many there are. */
  readonly judgements: readonly JudgementView[]
  readonly judgementTotal: number
}

export interface PeriodView {
  readonly acquiredOn: PlainDate
  readonly acquiredReason: string
  readonly lostOn: PlainDate | null
  readonly lostReason: string | null
}
export interface ProtectionView {
  readonly measure: string
  readonly startsOn: PlainDate
  readonly expiresOn: PlainDate | null
  /** 満了未解除: 満了予定日 has passed, nobody has released. */
  readonly isExpired: boolean
}
export interface DeliveryView {
  readonly kind: string
  readonly name: Guarded
  readonly postalCode: Guarded
  readonly address: Guarded
  readonly startsOn: PlainDate
  readonly endsOn: PlainDate | null
}

interface Identity {
  readonly person_id: bigint
  readonly insured_no: string
  readonly atena_no: string
  readonly name: string
  readonly kana: string
  readonly born_on: PlainDate | null
  readonly sex: string | null
  readonly postal_code: string | null
  readonly address: string | null
  readonly phone: string | null
  readonly household_no: string | null
  readonly moved_out_on: PlainDate | null
  readonly died_on: PlainDate | null
  readonly status: string
  readonly is_protected: boolean
}

/**
 * 被保険者照会 of one person, by our id. For a person under 抑止 protected fields are absent unless `isDisclosed` (the caller has
 * checked right and reason and recorded both first). The 相手方 is never in it. Null when there is no such person.
 */
export async function insuredOverview(
  sql: Sql,
  insuredId: bigint,
  view: { readonly today: PlainDate; readonly isDisclosed: boolean; readonly wordsOf: WordsOf },
): Promise<InsuredOverview | null> {
  const who = await identityOf(sql, insuredId, view.today)
  if (who === null) return null
  const isMasked = who.is_protected && !view.isDisclosed
  const open = withhold(who, ['moved_out_on'], isMasked)
  const movements = await movementsOf(sql, insuredId, { isMasked })
  const judgements = await judgementsOf(sql, insuredId, { wordsOf: view.wordsOf })
  return {
    insuredId: String(insuredId),
    insuredNo: who.insured_no,
    atenaNo: who.atena_no,
    name: who.name,
    kana: guard(who.kana, false),
    bornOn: who.born_on,
    sex: who.sex,
    postalCode: guard(who.postal_code, isMasked),
    address: guard(who.address, isMasked),
    phone: guard(who.phone, isMasked),
    household: guard(who.household_no, isMasked),
    // 転出 is a protected fact too: it tells where the person is not
    status: isMasked && who.status === '転出' ? '喪失' : who.status,
    diedOn: who.died_on,
    movedOutOn: open.moved_out_on,
    periods: (await periodsOf(sql, insuredId)).map((one) => withhold(one, ['lostReason'], isMasked)),
    protection: await protectionOf(sql, who.person_id, view.today),
    isProtected: who.is_protected,
    deliveries: await deliveriesOf(sql, who.person_id, isMasked),
    years: await yearsOf(sql, insuredId, view.today),
    movements: movements.items,
    movementTotal: movements.total,
    notices: await noticesOf(sql, insuredId, view.wordsOf),
    deferrals: await deferralsOf(sql, insuredId),
    tasks: await openTasksOf(sql, insuredId),
    judgements: judgements.items,
    judgementTotal: judgements.total,
  }
}

/** Whether the person is under 抑止 on a day; null when there is no such person. */
export async function isProtectedInsured(sql: Sql, insuredId: bigint, day: PlainDate): Promise<boolean | null> {
  const who = await sql.maybe<{ isProtected: boolean }>(
    `select ${protectedOn('n.person_id', '$2')} as "isProtected" from insured n where n.id = $1`,
    [insuredId, day],
  )
  return who?.isProtected ?? null
}

const identityOf = (sql: Sql, insuredId: bigint, today: PlainDate): Promise<Identity | null> =>
  sql.maybe<Identity>(
    `select p.id as person_id, n.insured_no, p.atena_no, v.name, v.kana, v.born_on, v.sex, v.postal_code,
       nullif(concat_ws(' ', v.address, v.address_detail), '') as address, v.phone, v.household_no, v.moved_out_on,
       v.died_on, ${insuredStatus('$2')} as status, ${protectedOn('p.id', '$2')} as is_protected
     from insured n join persons p on p.id = n.person_id
     join person_versions v on v.person_id = p.id and ${versionOn('$2')} where n.id = $1`,
    [insuredId, today],
  )

const periodsOf = (sql: Sql, insuredId: bigint): Promise<PeriodView[]> =>
  sql.rows<PeriodView>(
    `select acquired_on as "acquiredOn", acquired_reason as "acquiredReason", lost_on as "lostOn",
       lost_reason as "lostReason" from insured_periods where insured_id = $1 and superseded_at is null
     order by acquired_on desc`,
    [insuredId],
  )

/** The measure in force that runs longest; several may be. */
const protectionOf = (sql: Sql, personId: bigint, today: PlainDate): Promise<ProtectionView | null> =>
  sql.maybe<ProtectionView>(
    `select measure, starts_on as "startsOn", expires_on as "expiresOn", coalesce(expires_on < $2, false) as "isExpired"
     from protections where person_id = $1 and superseded_at is null and starts_on <= $2
       and (released_on is null or released_on > $2)
     order by expires_on desc nulls first, id limit 1`,
    [personId, today],
  )

async function deliveriesOf(sql: Sql, personId: bigint, isMasked: boolean): Promise<readonly DeliveryView[]> {
  const rows = await sql.rows<{
    kind: string
    name: string
    postal_code: string | null
    address: string | null
    starts_on: PlainDate
    ends_on: PlainDate | null
  }>(
    `select kind, name, postal_code, nullif(concat_ws(' ', address, address_detail), '') as address, starts_on, ends_on
     from delivery_addresses where person_id = $1 and superseded_at is null order by starts_on desc, kind, id`,
    [personId],
  )
  return rows.map((row) => ({
    kind: row.kind,
    name: guard(row.name, isMasked),
    postalCode: guard(row.postal_code, isMasked),
    address: guard(row.address, isMasked),
    startsOn: row.starts_on,
    endsOn: row.ends_on,
  }))
}
