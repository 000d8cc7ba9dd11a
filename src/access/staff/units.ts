import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { checkSpan, lockUser, tellStaff, type StaffAct } from './act.ts'

interface NewUnit {
  readonly code: string
  readonly name: string
  readonly kana: string
  readonly validFrom: PlainDate
  readonly validTo: PlainDate | null
}

/** 係を登録する. Throws USER-004 when the code is taken. */
export async function addUnit(act: StaffAct, unit: NewUnit): Promise<string> {
  const { tx, user, clock } = act
  checkSpan(unit.validFrom, unit.validTo)
  const made = await tx.maybe<{ id: string }>(
    `insert into units (code, name, kana, valid_from, valid_to, recorded_by, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (code) do nothing returning id::text as id`,
    [unit.code, unit.name, unit.kana, unit.validFrom, unit.validTo, user.userId, clock.now()],
  )
  if (made === null) throw new Fault('USER-004', { login: unit.code })
  await tellStaff(act, 'unit-set', null, { before: null, after: unit })
  return made.id
}

/** 係の名前と終わりの日を改める. Throws USER-003. */
export async function changeUnit(
  act: StaffAct,
  unitId: string,
  change: Pick<NewUnit, 'name' | 'kana' | 'validTo'>,
): Promise<void> {
  const before = await act.tx.maybe<NewUnit>(
    `select code, name, kana, valid_from as "validFrom", valid_to as "validTo" from units where id = $1 for update`,
    [unitId],
  )
  if (before === null) throw new Fault('USER-003')
  checkSpan(before.validFrom, change.validTo)
  await act.tx.run(`update units set name = $2, kana = $3, valid_to = $4 where id = $1`, [
    unitId,
    change.name,
    change.kana,
    change.validTo,
  ])
  await tellStaff(act, 'unit-set', null, { before, after: { ...before, ...change } })
}

/** 係に入れる; several at once are 兼務. Throws USER-003, USER-005, USER-006 when the person is in it then. */
export async function addMember(
  act: StaffAct,
  unitId: string,
  member: { readonly userId: string; readonly validFrom: PlainDate; readonly validTo: PlainDate | null },
): Promise<string> {
  const { tx, user, clock } = act
  const target = await lockUser(tx, member.userId)
  const unit = await tx.maybe<{ code: string }>(`select code from units where id = $1`, [unitId])
  if (unit === null) throw new Fault('USER-003')
  checkSpan(member.validFrom, member.validTo)
  const same = await tx.maybe(
    `select 1 from unit_members where user_id = $1 and unit_id = $2
       and ($4::date is null or valid_from <= $4) and (valid_to is null or $3 <= valid_to) limit 1`,
    [target.userId, unitId, member.validFrom, member.validTo],
  )
  if (same !== null) throw new Fault('USER-006')
  const { id } = await tx.one<{ id: string }>(
    `insert into unit_members (user_id, unit_id, valid_from, valid_to, granted_by, recorded_at)
     values ($1, $2, $3, $4, $5, $6) returning id::text as id`,
    [target.userId, unitId, member.validFrom, member.validTo, user.userId, clock.now()],
  )
  const { validFrom, validTo } = member
  await tellStaff(act, 'member-set', target, { before: null, after: { unit: unit.code, validFrom, validTo } })
  return id
}

/** 係から外す: `on` is the last day. Throws USER-003, USER-005. */
export async function endMember(act: StaffAct, memberId: string, on: PlainDate): Promise<void> {
  const row = await act.tx.maybe<{ userId: string; unit: string; validFrom: PlainDate; validTo: PlainDate | null }>(
    `select m.user_id::text as "userId", u.code as unit, m.valid_from as "validFrom", m.valid_to as "validTo"
     from unit_members m join units u on u.id = m.unit_id where m.id = $1 for update of m`,
    [memberId],
  )
  if (row === null) throw new Fault('USER-003')
  checkSpan(row.validFrom, on)
  const target = await lockUser(act.tx, row.userId)
  await act.tx.run(`update unit_members set valid_to = $2 where id = $1`, [memberId, on])
  const { unit, validFrom, validTo } = row
  await tellStaff(act, 'member-set', target, {
    before: { unit, validFrom, validTo },
    after: { unit, validFrom, validTo: on },
  })
}
