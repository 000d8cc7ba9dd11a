import type { Clock } from '#kernel/clock.ts'
import type { Sql } from '#db/database.ts'
import type { Role } from './roles.ts'

/** 見本の利用者. Synthetic persons; they exist only with the embedded PostgreSQL on a loopback address. */
export const DEMO_USERS = [
  { login: 'tantou', name: '三枝 みのり', role: 'tantou', note: '毎日の作業をする' },
  { login: 'tantou2', name: '工藤 真', role: 'tantou', note: '毎日の作業をする' },
  { login: 'kakaricho', name: '佐伯 修', role: 'kakaricho', note: '二人目の確認・発送を認める' },
  { login: 'kakaricho2', name: '神保 玲子', role: 'kakaricho', note: '二人目の確認・発送を認める' },
  { login: 'gyomu', name: '緒方 結', role: 'gyomu', note: '業務フローを直す' },
  { login: 'kansa', name: '目黒 公平', role: 'kansa', note: '記録をたどる・検証する' },
  { login: 'kanri', name: '向井 渉', role: 'kanri', note: '動かし続ける' },
] as const satisfies readonly { login: string; name: string; role: Role; note: string }[]

/** Adds the demo users that are missing. Harmless to repeat. */
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
}
