import type { RuntimeDeps } from '#runtime/deps.ts'
import { prepareTask, waitingTasks } from '#runtime/prepare-task.ts'

/** Opens what waits, one after the other, where no preparer runs. Throws the first error when all have had their turn. */
export async function prepareWaitingTasks(deps: RuntimeDeps): Promise<void> {
  const failed: unknown[] = []
  for (const task of await waitingTasks(deps))
    await prepareTask(deps, task).catch((error: unknown) => failed.push(error))
  if (failed.length > 0) throw failed[0]
}
