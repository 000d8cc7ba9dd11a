import type { Static } from 'typebox'
import type { Sql } from '#db/database.ts'
import { openAlarms } from '#engine/alarms.ts'
import { engineAge } from '#engine/heartbeat.ts'
import type { ApiDeps } from '../deps.ts'
import type { Status } from './session.schema.ts'

/** From here on a screen shows its data as old, and 完了する is off. */
const OLD_MS = 30_000
/** No heartbeat for this long: nobody is there. */
const GONE_MS = 120_000

/** Alarms in words; the detail names records of the engine, never persons. */
const ALARMS: Readonly<Record<string, string>> = {
  exchanged: 'エンジンのデータが入れ替わっています。管理者に連絡してください。',
  quarantine: '読めない記録を隔離しました。管理者に連絡してください。',
  'outbox-late': 'エンジンへの連絡が遅れています。',
  'run-lost': 'エンジンが処理を打ち切りました。実行状況を確認してください。',
}

/** 状態: age of the engine's data, alarms, our day. */
export async function readStatus(deps: ApiDeps): Promise<Static<typeof Status>> {
  const dataAgeMs = await engineAge(deps.db)
  const { open } = await deps.db.one<{ open: number }>(
    `select count(*)::int as open from tasks where state in ('preparing', 'open')`,
  )
  const alarms = await openAlarms(deps.db)
  return {
    municipality: await municipalityName(deps.db),
    isSample: deps.isSample,
    now: deps.clock.now(),
    today: deps.clock.today(),
    dataAgeMs,
    engine: dataAgeMs === null || dataAgeMs > GONE_MS ? 'stopped' : dataAgeMs > OLD_MS ? 'behind' : 'ok',
    alarms: alarms.map(({ at, kind }) => ({ at, kind, detail: ALARMS[kind] ?? kind })),
    openTasks: open,
  }
}

/** 「みほん市」, as the notices print it; empty until somebody has set it. */
export async function municipalityName(sql: Sql): Promise<string> {
  const row = await sql.maybe<{ name: string | null }>(
    `select value ->> 'municipality' as name from municipality_settings where name = 'notices'`,
  )
  return row?.name ?? ''
}
