import type { Clock } from '#kernel/clock.ts'
import { addDays, weekdayOf } from '#kernel/plain-date.ts'
import type { Sql } from '#db/database.ts'
import type { Role } from './roles.ts'

/** 見本の利用者. Synthetic persons; they exist only with the embedded PostgreSQL on a loopback address. */
export const DEMO_USERS = [
  { login: 'tantou', name: '三枝 みのり', role: 'tantou', note: '毎日の作業をする' },
  { login: 'tantou2', name: '工藤 真', role: 'tantou', note: '毎日の作業をする' },
  { login: 'kakaricho', name: '佐伯 修', role: 'kakaricho', note: '二人目の確認・発送を認める' },
  { login: 'kakaricho2', name: '神保 玲子', role: 'kakaricho', note: '二人目の確認・発送を認める' },
  { login: 'gyomu', name: '緒方 結', role: 'gyomu', note: '進み方を見る・設定の変更を出す' },
  { login: 'kansa', name: '目黒 公平', role: 'kansa', note: '記録をたどる・検証する' },
  { login: 'kanri', name: '向井 渉', role: 'kanri', note: '動かし続ける' },
] as const satisfies readonly { login: string; name: string; role: Role; note: string }[]

/** 見本の係 with the demo users who work in it; two of them work in both (兼務). */
const DEMO_UNITS = [
  {
    code: '01',
    name: '賦課収納係',
    kana: 'フカシュウノウガカリ',
    logins: ['tantou', 'tantou2', 'kakaricho', 'kakaricho2'],
  },
  { code: '02', name: '資格給付係', kana: 'シカクキュウフガカリ', logins: ['tantou2', 'kakaricho2'] },
] as const

/** Adds the demo users that are missing, their 係 and one example of a deputy. Harmless to repeat. */
export async function ensureDemoUsers(sql: Sql, clock: Clock): Promise<void> {
  for (const { login, name, role } of DEMO_USERS) {
    const there = await sql.maybe(`select id from users where login = $1`, [login])
    if (there !== null) continue
    await sql.run(
      `with person as (insert into staff (name) values ($1) returning id),
            login as (insert into users (staff_id, login, subject, created_at)
                      select id, $2, 'demo:' || $2, $4::timestamptz from person returning id)
       insert into user_roles (user_id, role, valid_from, recorded_at) select id, $3, date '2026-01-01', $4::timestamptz from login`,
      [name, login, role, clock.now()],
    )
  }
  await ensureDemoUnits(sql, clock)
}

/** 係 and 兼務 of the sample, and 代理 of next week: tantou is away, tantou2 stands in, approved by kakaricho. */
async function ensureDemoUnits(sql: Sql, clock: Clock): Promise<void> {
  for (const { code, name, kana, logins } of DEMO_UNITS)
    await sql.run(
      `with unit as (insert into units (code, name, kana, valid_from, recorded_at)
                     values ($1, $2, $3, '2026-01-01', $5::timestamptz) on conflict (code) do nothing returning id)
       insert into unit_members (user_id, unit_id, valid_from, recorded_at)
       select u.id, unit.id, '2026-01-01', $5::timestamptz from unit, users u where u.login = any($4::text[])`,
      [code, name, kana, logins, clock.now()],
    )
  const monday = addDays(clock.today(), 8 - (weekdayOf(clock.today()) || 7))
  await sql.run(
    `with away as (insert into absences (user_id, from_on, to_on, reason, recorded_by, recorded_at)
                   select id, $1, $2, '研修', id, $3::timestamptz from users
                   where login = 'tantou' and not exists (select from absences) returning user_id)
     insert into deputies (absent_user_id, deputy_user_id, from_on, to_on, reason, recorded_by, recorded_at, approved_by, approved_at)
     select away.user_id, d.id, $1, $2, '研修', away.user_id, $3, a.id, $3 from away, users d, users a
     where d.login = 'tantou2' and a.login = 'kakaricho'`,
    [monday, addDays(monday, 4), clock.now()],
  )
}
