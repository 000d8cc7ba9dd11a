import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import type { TestApi } from '#tests/support/api.ts'
import { act, completeList, okOn } from '#tests/support/by-api.ts'
import { registerNoticeSettings } from '#tests/support/notice-settings.ts'
import { stepBench, type StepBench } from '#tests/support/step-bench.ts'
import { acceptPeople, BASE_RUN, STEP } from '#tests/support/tokusoku-office.ts'

/** Three people owe 12,300 円 each; their letters have been released (004) and printed (E2). */
export async function releasedLetters(api: TestApi): Promise<{ readonly bench: StepBench; readonly runId: string }> {
  const { office } = api
  const bench = await stepBench(office, [tokusoku])
  await registerNoticeSettings(office)
  await acceptPeople(office, [1, 2, 3])
  const { runId } = await bench.start(await api.user('tantou'), BASE_RUN)
  await bench.run(runId, STEP['001'])
  await completeList(api, await bench.open(runId, STEP['002']))
  await bench.run(runId, STEP['003'])
  const at004 = await bench.open(runId, STEP['004'])
  await act(api, 'tantou', `/api/tasks/${at004}/claim`)
  await act(api, 'tantou', `/api/tasks/${at004}/propose`, await okOn(api, at004))
  await act(api, 'kakaricho2', `/api/tasks/${at004}/release`, await okOn(api, at004))
  await bench.run(runId, STEP.E2)
  return { bench, runId }
}
