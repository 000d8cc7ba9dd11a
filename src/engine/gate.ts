import type { Database } from '#db/database.ts'
import { ALARM_CHANNEL, isExchanged } from './alarms.ts'
import { errorText, type EngineLog } from './log.ts'
import type { EngineWorker } from './port.ts'

const LOOK_EVERY_MS = 5_000

/**
 * Keeps workers open, except while the engine's data are not the ones we know: then all stand still, and open again
 * when the epoch has been raised. `open` subscribes them.
 */
export async function openWorkersBehindGate(deps: {
  readonly db: Database
  readonly log: EngineLog
  readonly open: () => readonly EngineWorker[]
}): Promise<EngineWorker> {
  let workers: readonly EngineWorker[] = []
  let isStopped = false
  let turn: Promise<void> = Promise.resolve()

  const close = async (): Promise<void> => {
    const closing = workers
    workers = []
    await Promise.all(closing.map((worker) => worker.stop()))
  }
  const look = async (): Promise<void> => {
    try {
      const mustStand = await isExchanged(deps.db)
      if (isStopped) return
      if (mustStand && workers.length > 0) {
        deps.log.error({}, 'workers stand still: the engine’s data were exchanged')
        await close()
      }
      if (!mustStand && workers.length === 0) workers = deps.open()
    } catch (error) {
      deps.log.warn({ error: errorText(error) }, 'alarms not readable')
    }
  }
  const lookInTurn = (): void => {
    turn = turn.then(look)
  }
  const listener = await deps.db.listen(ALARM_CHANNEL, lookInTurn)
  const timer = setInterval(lookInTurn, LOOK_EVERY_MS)
  lookInTurn()
  await turn
  return {
    async stop() {
      isStopped = true
      clearInterval(timer)
      await listener.stop()
      await turn
      await close()
    },
  }
}
