import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { canonicalJson } from '#audit/canonical-json.ts'
import { appendEvent } from '#audit/append.ts'
import type { Sql } from '#db/database.ts'
import { actorOf } from '#runtime/actor.ts'
import type { SettingAct } from './option-change.ts'

export type SettingArea = 'municipality' | 'profile'
/** Which setting, and what the screen calls it. */
export interface SettingKey {
  readonly area: SettingArea
  readonly name: string
  readonly title: string
}

/** One version of a setting: proposed, in force since, or refused. */
export interface SettingVersion {
  readonly changeId: string
  readonly value: unknown
  readonly reason: string
  readonly decidedBy: string
  readonly recordedAt: string
  readonly enforcedBy: string | null
  readonly enforcedAt: string | null
  readonly refusedBy: string | null
  readonly refusedWhy: string | null
  readonly state: 'inForce' | 'waiting' | 'refused'
  readonly isOther: boolean
  readonly isMine: boolean
}

/** Every version of the settings of an area, oldest first; `name` null: of all of them. */
export const settingVersions = (
  sql: Sql,
  area: SettingArea,
  name: string | null,
  asker: { readonly userId: bigint },
  today: PlainDate,
): Promise<(SettingVersion & { readonly name: string })[]> =>
  sql.rows(
    `select v.id::text as "changeId", v.name, v.value, v.reason, ds.name as "decidedBy", v.recorded_at as "recordedAt",
       es.name as "enforcedBy", v.put_in_force_at as "enforcedAt", rs.name as "refusedBy", v.refused_why as "refusedWhy",
       case when v.refused_by is not null then 'refused' when v.put_in_force_by is not null then 'inForce' else 'waiting' end as state,
       not is_one_person($3, $4, v.decided_by, japan_day(v.recorded_at)) as "isOther", v.decided_by = $3 as "isMine"
     from setting_versions v
     join users d on d.id = v.decided_by join staff ds on ds.id = d.staff_id
     left join users e on e.id = v.put_in_force_by left join staff es on es.id = e.staff_id
     left join users r on r.id = v.refused_by left join staff rs on rs.id = r.staff_id
     where v.area = $1 and ($2::text is null or v.name = $2) order by coalesce(v.put_in_force_at, v.recorded_at), v.id`,
    [area, name, asker.userId, today],
  )

/** 変更を出す. `value` has been checked; `current` is what is in force. Throws SET-006 for the same, SET-002 while one waits. */
export async function proposeSetting(
  act: SettingAct,
  key: SettingKey,
  change: { readonly value: object; readonly current: unknown; readonly reason: string },
): Promise<string> {
  const { tx, user, clock } = act
  if (canonicalJson(change.value) === canonicalJson(change.current ?? null)) throw new Fault('SET-006')
  const made = await tx.maybe<{ id: string }>(
    `insert into setting_versions (area, name, value, reason, decided_by, recorded_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (area, name) where put_in_force_by is null and refused_by is null do nothing returning id::text as id`,
    [key.area, key.name, JSON.stringify(change.value), change.reason, user.userId, clock.now()],
  )
  if (made === null) throw new Fault('SET-002')
  await tell(act, 'setting-proposed', key, {
    before: objectOrNull(change.current),
    after: change.value,
    reason: change.reason,
  })
  return made.id
}

export interface WaitingSetting {
  readonly area: SettingArea
  readonly name: string
  readonly value: object
}

/** What waits under this id, locked. Throws SET-004, SET-005. */
export async function lockWaiting(
  act: SettingAct,
  changeId: string,
): Promise<WaitingSetting & { isOther: boolean; isMine: boolean }> {
  const row = await act.tx.maybe<
    WaitingSetting & { readonly isWaiting: boolean; readonly isOther: boolean; readonly isMine: boolean }
  >(
    `select area, name, value, put_in_force_by is null and refused_by is null as "isWaiting",
       not is_one_person($2, $3, decided_by, japan_day(recorded_at)) as "isOther", decided_by = $2 as "isMine"
     from setting_versions where id = $1 for update`,
    [changeId, act.user.userId, act.clock.today()],
  )
  if (row === null) throw new Fault('SET-004')
  if (!row.isWaiting) throw new Fault('SET-005')
  return row
}

/** 施行する: the version counts from now on. The caller has checked who and what. */
export async function enforceSetting(
  act: SettingAct,
  changeId: string,
  key: SettingKey,
  change: { readonly value: object; readonly current: unknown },
): Promise<void> {
  const { tx, user, clock } = act
  await tx.run(`update setting_versions set put_in_force_by = $2, put_in_force_at = $3 where id = $1`, [
    changeId,
    user.userId,
    clock.now(),
  ])
  if (key.area === 'municipality')
    await tx.run(
      `insert into municipality_settings (name, value, recorded_at, version_id) values ($1, $2, $3, $4)
       on conflict (name) do update set value = excluded.value, recorded_at = excluded.recorded_at, version_id = excluded.version_id`,
      [key.name, JSON.stringify(change.value), clock.now(), changeId],
    )
  await tell(act, 'setting-enforced', key, { before: objectOrNull(change.current), after: change.value })
}

/** 差し戻す, or take back. */
export async function refuseSetting(act: SettingAct, changeId: string, key: SettingKey, reason: string): Promise<void> {
  await act.tx.run(`update setting_versions set refused_by = $2, refused_at = $3, refused_why = $4 where id = $1`, [
    changeId,
    act.user.userId,
    act.clock.now(),
    reason,
  ])
  await tell(act, 'setting-refused', key, { before: null, after: null, reason })
}

const objectOrNull = (value: unknown): object | null => (typeof value === 'object' ? value : null)

const tell = (
  { tx, user, clock }: SettingAct,
  kind: 'setting-proposed' | 'setting-enforced' | 'setting-refused',
  { area, name, title }: SettingKey,
  change: { readonly before: object | null; readonly after: object | null; readonly reason?: string },
): Promise<bigint> =>
  appendEvent(tx, {
    at: clock.now(),
    kind,
    actor: actorOf(user),
    subjects: [{ kind: 'setting', id: `${area}/${name}` }],
    payload: { title, ...change },
  })
