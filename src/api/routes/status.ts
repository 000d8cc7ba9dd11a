import type { Static } from 'typebox'
import { alarmWords } from '#engine/alarm-words.ts'
import { openAlarms } from '#engine/alarms.ts'
import { engineAge, engineState } from '#engine/heartbeat.ts'
import { municipalityName } from '#notices/read-settings.ts'
import type { ApiDeps } from '../deps.ts'
import type { Status } from './session.schema.ts'

/** 状態: age of the engine's data, alarms, our day, and the pages that are handed out now. */
export async function readStatus(deps: ApiDeps, pages: string | null): Promise<Static<typeof Status>> {
  const dataAgeMs = await engineAge(deps.db)
  const { open } = await deps.db.one<{ open: number }>(`select coalesce(sum(n), 0)::int as open from task_counters`)
  const alarms = await openAlarms(deps.db)
  return {
    municipality: await municipalityName(deps.db),
    isSample: deps.isSample,
    now: deps.clock.now(),
    today: deps.clock.today(),
    dataAgeMs,
    engine: engineState(dataAgeMs),
    alarms: alarms.map(({ at, kind }) => {
      const { message, next } = alarmWords(kind) // its detail names records of the engine: for 稼働状況 only
      return { at, kind, detail: message, next }
    }),
    openTasks: open,
    pages,
  }
}
