import type { Clock } from '#kernel/clock.ts'
import type { Projector } from '#engine/projector.ts'
import { notifyUsers } from '#runtime/notify-users.ts'

/** 処理が終わった: told to who started it. Stands behind the projector that ends runs. */
export const runEndNotices = (clock: Clock): Projector => ({
  name: 'run-end-notices',
  valueTypes: ['PROCESS_INSTANCE'],
  async project({ epoch, key, intent, value }, tx) {
    if (value['bpmnElementType'] !== 'PROCESS' || intent !== 'ELEMENT_COMPLETED') return
    const run = await tx.maybe<{ id: string; startedBy: bigint | null; outcome: string | null }>(
      `select id, started_by as "startedBy", outcome from runs
       where epoch = $1 and process_instance_key = $2 and state = 'finished'`,
      [epoch, key],
    )
    if (run === null) return
    await notifyUsers(tx, clock, [run.startedBy], {
      kind: 'run-finished',
      runId: run.id,
      by: null,
      payload: { outcome: run.outcome },
      dedupeKey: `run-finished/${run.id}`,
    })
  },
})
