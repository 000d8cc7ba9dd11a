import type { PlainDate } from '#kernel/plain-date.ts'
import type { Sql } from '#db/database.ts'
import type { SpellingField } from '#rules/names/printed-spelling.ts'
import { protectedOn } from '#access/protected-on.ts'
import { versionOn } from './status.ts'

/** Whose spellings they are. */
export interface SpellingOwner {
  readonly personId: bigint
  readonly insuredNo: string
  readonly name: string
  readonly isProtected: boolean
}

export const spellingOwner = (sql: Sql, insuredId: bigint, today: PlainDate): Promise<SpellingOwner | null> =>
  sql.maybe<SpellingOwner>(
    `select p.id as "personId", n.insured_no as "insuredNo", v.name, ${protectedOn('p.id', '$2')} as "isProtected"
     from insured n join persons p on p.id = n.person_id
     join person_versions v on v.person_id = p.id and ${versionOn('$2')} where n.id = $1`,
    [insuredId, today],
  )

/** A text that a letter to the person may print. */
export interface PrintedText {
  readonly field: SpellingField
  readonly source: string
  readonly text: string
}

/** 氏名, 住所 and 方書 of the 宛名 and of every 送付先 that is not over, each text once. Of a protected person only the 氏名. */
export const printedTexts = (sql: Sql, owner: SpellingOwner, today: PlainDate): Promise<PrintedText[]> =>
  sql.rows<PrintedText>(
    `select field, source, text from (select distinct on (field, text) * from (
       select 1 as place, 0 as row, '氏名' as field, '宛名' as source, name as text from person_versions v
         where person_id = $1 and ${versionOn('$2')}
       union all
       select 2, 0, f.field, '宛名', f.text from person_versions v,
         lateral (values ('住所', v.address), ('方書', v.address_detail)) f (field, text)
         where person_id = $1 and not $3 and ${versionOn('$2')}
       union all
       select 3, d.id, f.field, '送付先(' || d.kind || ')', f.text from delivery_addresses d,
         lateral (values ('氏名', d.name), ('住所', d.address), ('方書', d.address_detail)) f (field, text)
         where d.person_id = $1 and not $3 and d.superseded_at is null and (d.ends_on is null or d.ends_on >= $2)
     ) of_person where text is not null and text <> '' order by field, text, place, row) once
     order by place, row, field desc`,
    [owner.personId, today, owner.isProtected],
  )

export interface DecisionRow {
  readonly spellingId: string
  readonly field: SpellingField
  readonly original: string
  readonly substitute: string
  readonly validFrom: PlainDate
  readonly validTo: PlainDate | null
  readonly reason: string
  readonly decidedBy: string
  readonly decidedAt: string
  readonly endedReason: string | null
  readonly endedBy: string | null
  readonly endedAt: string | null
}

/** Every 代替表記 of the person, newest first. Those of addresses stay out while the person is protected. */
export const spellingDecisions = (sql: Sql, owner: SpellingOwner): Promise<DecisionRow[]> =>
  sql.rows<DecisionRow>(
    `select d.id::text as "spellingId", d.field, d.original, d.substitute, d.valid_from as "validFrom",
       d.valid_to as "validTo", d.reason, coalesce(by_staff.name, by_user.login) as "decidedBy", d.decided_at as "decidedAt",
       d.ended_reason as "endedReason", coalesce(end_staff.name, end_user.login) as "endedBy", d.ended_at as "endedAt"
     from print_spellings d
     join users by_user on by_user.id = d.decided_by left join staff by_staff on by_staff.id = by_user.staff_id
     left join users end_user on end_user.id = d.ended_by left join staff end_staff on end_staff.id = end_user.staff_id
     where d.person_id = $1 and (not $2 or (d.field = '氏名' and d.original = $3)) order by d.id desc`,
    [owner.personId, owner.isProtected, owner.name],
  )

export interface NewSpelling {
  readonly personId: bigint
  readonly field: SpellingField
  readonly original: string
  readonly substitute: string
  readonly validFrom: string
  readonly validTo: string | null
  readonly reason: string
  readonly userId: bigint
  readonly at: string
}

/** Null when a decision about the same text is still open. */
export const insertSpelling = (sql: Sql, of: NewSpelling): Promise<{ id: string } | null> =>
  sql.maybe<{ id: string }>(
    `insert into print_spellings (person_id, field, original, substitute, valid_from, valid_to, reason, decided_by, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (person_id, field, original) where ended_at is null do nothing returning id::text`,
    [of.personId, of.field, of.original, of.substitute, of.validFrom, of.validTo, of.reason, of.userId, of.at],
  )

/** Returns the field; null when there is no open decision of this number. `endsOn` before its first day: never in force. */
export const endSpelling = (
  sql: Sql,
  of: { personId: bigint; spellingId: string; endsOn: string; reason: string; userId: bigint; at: string },
): Promise<{ field: SpellingField } | null> =>
  sql.maybe<{ field: SpellingField }>(
    `update print_spellings set valid_to = greatest(valid_from - 1, least($3::date, coalesce(valid_to, $3::date))),
       ended_reason = $4, ended_by = $5, ended_at = $6
     where id = $1 and person_id = $2 and ended_at is null returning field`,
    [of.spellingId, of.personId, of.endsOn, of.reason, of.userId, of.at],
  )
