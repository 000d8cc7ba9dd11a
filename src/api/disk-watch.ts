import type { Clock } from '#kernel/clock.ts'
import type { LogLine } from '#kernel/log-line.ts'
import type { Database } from '#db/database.ts'
import { clearAlarms, raiseAlarm } from '#engine/alarms.ts'
import type { DiskLevel, DiskSpace } from '#runtime/disk-space.ts'

const LOOK_EVERY_MS = 10_000

/** Raises and clears the alarms of the disk: every screen shows them. */
export async function tellDiskLevel(db: Database, clock: Clock, level: DiskLevel): Promise<void> {
  await db.tx(async (tx) => {
    if (level === 'full') await raiseAlarm(tx, clock, 'disk-full', '')
    else await clearAlarms(tx, clock, 'disk-full')
    if (level === 'low') await raiseAlarm(tx, clock, 'disk-low', '')
    else await clearAlarms(tx, clock, 'disk-low')
  })
}

/** Looks at the disk until `stop`. */
export function watchDisk(deps: {
  readonly db: Database
  readonly clock: Clock
  readonly space: DiskSpace
  readonly log: LogLine
  readonly everyMs?: number
}): { stop(): Promise<void> } {
  const { db, clock, space, log } = deps
  let known: DiskLevel | null = null
  let turn: Promise<void> = Promise.resolve()
  const look = async (): Promise<void> => {
    const { level, freeBytes } = await space.look()
    if (level === known) return
    await tellDiskLevel(db, clock, level)
    if (known !== null || level !== 'ok') log(`disk is ${level}`, { level: 'warn', freeBytes })
    known = level
  }
  const lookInTurn = (): void => {
    turn = turn.then(look).catch(() => log('disk not readable', { level: 'error' }))
  }
  lookInTurn()
  const timer = setInterval(lookInTurn, deps.everyMs ?? LOOK_EVERY_MS)
  return {
    stop() {
      clearInterval(timer)
      return turn
    },
  }
}
