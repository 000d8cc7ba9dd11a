import { CHANGES_CHANNEL } from '#db/notify-change.ts'
import type { RuntimeDeps } from './deps.ts'
import { prepareTask, waitingTasks } from './prepare-task.ts'

const LOOK_EVERY_MS = 1_000
/** Tasks opened at the same time: a list of a million rows takes half a minute, and a colleague's small one waits no moment. */
const AT_ONCE = 4

/** Opens announced tasks as soon as they appear, until `stop`. A task that cannot be opened is tried again and logged. */
export async function startPreparer(deps: RuntimeDeps): Promise<{ stop(): Promise<void> }> {
  let isStopped = false
  let isWanted = false
  let turn: Promise<void> | null = null
  const inHand = new Map<string, Promise<void>>()
  /** Could not be opened since the last look of the clock: they leave their places to the others until the next. */
  const failed = new Set<string>()
  const tell = (error: unknown): void => deps.log(`task not opened: ${error instanceof Error ? error.name : 'unknown'}`)
  const look = async (): Promise<void> => {
    while (isWanted && !isStopped) {
      isWanted = false
      const waiting = await waitingTasks(deps).catch((error: unknown) => (tell(error), []))
      const free = waiting.filter(({ id }) => !inHand.has(id) && !failed.has(id)).slice(0, AT_ONCE - inHand.size)
      for (const task of free) {
        const opening = prepareTask(deps, task)
          .catch((error: unknown) => {
            failed.add(task.id)
            tell(error)
          })
          .then(() => {
            inHand.delete(task.id)
            wake() // whoever found no room has it now
          })
        inHand.set(task.id, opening)
      }
    }
    turn = null
  }
  const wake = (): void => {
    isWanted = true
    turn ??= look()
  }
  const listener = await deps.db.listen(CHANGES_CHANNEL, wake)
  const timer = setInterval(() => {
    failed.clear()
    wake()
  }, LOOK_EVERY_MS)
  wake()
  return {
    async stop() {
      isStopped = true
      clearInterval(timer)
      await listener.stop()
      await turn
      await Promise.all(inHand.values())
    },
  }
}
