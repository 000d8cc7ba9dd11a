import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPreparer } from '#runtime/preparer.ts'
import { openTestOffice, type TestOffice } from '#tests/support/intake.ts'
import type { TaskUser } from '#runtime/human-context.ts'
import { aUser, stepBench, type StepBench } from '#tests/support/step-bench.ts'
import { until } from '#tests/support/until.ts'
import { juryoKakunin } from '#workers/0-1-juryo-kakunin/index.ts'

const CONFIRM = '0-1-juryo-kakunin/002-confirm-receipt'

/** 001 over a million rows: its 002 is opened for half a minute, and nobody else's work waits for it. */
let office: TestOffice
let bench: StepBench
let keys = 0
beforeAll(async () => {
  office = await openTestOffice('2026-08-14T00:00:00.000Z')
  bench = await stepBench(office, [juryoKakunin])
})
afterAll(() => office.close())

test('given a task whose opening takes long, then one that was announced after it is open at once', async () => {
  const user = await aUser(office, 'tantou', ['tantou'])
  const [large, small] = [await announced(user), await announced(user)]
  const preparer = await office.db.tx(async (held) => {
    await held.run(`select from runs where id = $1 for update`, [large.runId]) // as long as this stands, it is being opened
    const started = await startPreparer(bench.deps)
    await until('the small one is open', async () => (await stateOf(small.taskId)) === 'open', 5_000)
    expect(await stateOf(large.taskId)).toBe('preparing')
    // one that is announced while the large one is still being opened
    const later = await announced(user)
    await until('the later one is open', async () => (await stateOf(later.taskId)) === 'open', 5_000)
    return started
  })
  await until('the large one is open', async () => (await stateOf(large.taskId)) === 'open')
  await preparer.stop()
  const { openings } = await office.db.one<{ openings: bigint }>(
    `select count(*) as openings from audit_events where kind = 'task-opened'`,
  )
  expect(openings).toBe(3n)
})

test('given five tasks that cannot be opened, then one that was announced after them is open nevertheless', async () => {
  const user = await aUser(office, 'tantou2', ['tantou'])
  const unknown = await Promise.all(
    [1, 2, 3, 4, 5].map((n) => announced(user, `0-1-juryo-kakunin/00${n}-of-a-newer-model`)),
  )
  const last = await announced(user)
  const preparer = await startPreparer(bench.deps)
  await until('the last one is open', async () => (await stateOf(last.taskId)) === 'open', 5_000)
  await preparer.stop()
  for (const { taskId } of unknown) expect(await stateOf(taskId)).toBe('preparing')
})

async function announced(
  user: TaskUser,
  stepId = CONFIRM,
): Promise<{ readonly runId: string; readonly taskId: string }> {
  const { runId } = await bench.start(user, { fileName: 'a.csv' })
  const taskId = randomUUID()
  await office.db.run(
    `insert into tasks (id, epoch, job_key, element_instance_key, process_instance_key, run_id, flow, step_id, name,
       candidate_role, state, created_at)
     values ($1, 1, $5::int, $5::int, $5::int, $2, '0-1-juryo-kakunin', $3, '受領確認', 'koki', 'preparing', $4::timestamptz + make_interval(secs => $5::int))`,
    [taskId, runId, stepId, office.clock.now(), (keys += 1)],
  )
  return { runId, taskId }
}

async function stateOf(taskId: string): Promise<string> {
  return (await office.db.one<{ state: string }>(`select state from tasks where id = $1`, [taskId])).state
}
