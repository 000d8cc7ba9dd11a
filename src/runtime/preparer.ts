import { CHANGES_CHANNEL } from '#db/notify-change.ts'
import type { RuntimeDeps } from './deps.ts'
import { prepareWaitingTasks } from './prepare-task.ts'

const LOOK_EVERY_MS = 1_000

/** Opens announced tasks as soon as they appear, until `stop`. A task that cannot be opened is tried again and logged. */
export async function startPreparer(deps: RuntimeDeps): Promise<{ stop(): Promise<void> }> {
  let isStopped = false
  let isWanted = false
  let turn: Promise<void> | null = null
  const look = async (): Promise<void> => {
    while (isWanted && !isStopped) {
      isWanted = false
      await prepareWaitingTasks(deps).catch((error: unknown) =>
        deps.log(`task not opened: ${error instanceof Error ? error.name : 'unknown'}`),
      )
    }
    turn = null
  }
  const wake = (): void => {
    isWanted = true
    turn ??= look()
  }
  const listener = await deps.db.listen(CHANGES_CHANNEL, wake)
  const timer = setInterval(wake, LOOK_EVERY_MS)
  wake()
  return {
    async stop() {
      isStopped = true
      clearInterval(timer)
      await listener.stop()
      await turn
    },
  }
}
