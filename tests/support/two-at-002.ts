import { claimTask } from '#runtime/human.ts'
import type { TaskUser } from '#runtime/human-context.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import type { TestApi } from './api.ts'
import { instalment, insured, loadRows, person } from './office-facts.ts'
import { stepBench, type StepBench } from './step-bench.ts'
import { atena, BASE_RUN, keyOf, STEP } from './tokusoku-office.ts'

export interface TwoAt002 {
  readonly bench: StepBench
  readonly tantou: TaskUser
  readonly runId: string
  readonly taskId: string
}

/**
 * Persons 1 and 2, 12,300 円 each, in a base run whose 002 is open. `second`: how person 2 is registered otherwise;
 * `isClaimed`: 担当 has taken it.
 */
export async function twoAt002(
  api: TestApi,
  given: {
    readonly second?: Parameters<typeof person>[1]
    readonly isGuarded?: boolean
    readonly isClaimed?: boolean
  } = {},
): Promise<TwoAt002> {
  const { office } = api
  await loadRows(office, 'atena', [person(1), person(2, given.second)])
  await loadRows(office, 'hihokensha', [insured(1), insured(2)])
  if (given.isGuarded === true) await guard(api, 2, '2026-04-01')
  await loadRows(office, 'kiwari', [instalment(1, keyOf(1)), instalment(2, keyOf(2))])
  const bench = await stepBench(office, [tokusoku])
  const tantou = await api.user('tantou')
  const { runId } = await bench.start(tantou, BASE_RUN)
  await bench.run(runId, STEP['001'])
  const taskId = await bench.open(runId, STEP['002'])
  if (given.isClaimed === true) await claimTask(bench.deps, { taskId, user: tantou })
  return { bench, tantou, runId, taskId }
}

/** Puts person n under 抑止 from a day on. */
export const guard = ({ office }: TestApi, n: number, from: string) =>
  loadRows(office, 'yokushi', [{ 宛名番号: atena(n), 措置区分: '本', 開始日: from, 満了予定日: '2027-03-31' }])
