import { expect } from 'vitest'
import type { TestApi } from '#tests/support/api.ts'
import { stepBench } from '#tests/support/step-bench.ts'
import { BASE_RUN, STEP } from '#tests/support/tokusoku-office.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'

/** 002 of the people of the office, claimed by the 係長: its task. */
export async function bigList(api: TestApi): Promise<string> {
  const bench = await stepBench(api.office, [tokusoku])
  const run = await api.call('kakaricho', 'POST', '/api/runs', { flow: '5-2-tokusoku', params: BASE_RUN })
  const { runId } = run.json<{ runId: string }>()
  await bench.run(runId, STEP['001'])
  const taskId = await bench.open(runId, STEP['002'])
  expect((await api.call('kakaricho', 'POST', `/api/tasks/${taskId}/claim`)).statusCode).toBe(200)
  return taskId
}
