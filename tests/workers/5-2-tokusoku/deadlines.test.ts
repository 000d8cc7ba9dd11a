import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { officeProjectors } from '#api/projectors.ts'
import { claimTask } from '#runtime/human.ts'
import { parseRecord } from '#engine/record.ts'
import { recordText } from '../../support/engine-records.ts'
import { openTokusokuOffice, type TokusokuOffice } from '../../support/tokusoku-office.ts'

/** Sheet 5.2 §3: timers beside 002 (確認の期日) and 004 (発送日の9時) warn; being late never ends the duty to dun. */
describe('期限を過ぎた', () => {
  let at: TokusokuOffice

  beforeAll(async () => {
    at = await openTokusokuOffice()
    await at.people([1])
  })
  afterAll(() => at.office.close())

  /** The engine tells that an element of the run's instance was activated. */
  async function activated(taskId: string, elementId: string): Promise<void> {
    const { key } = await at.office.db.one<{ key: bigint }>(
      `select process_instance_key as key from tasks where id = $1`,
      [taskId],
    )
    const value = `{"bpmnProcessId":"p-5-2-tokusoku","elementId":"${elementId}","processInstanceKey":${key}}`
    const text = recordText({ position: 7, valueType: 'PROCESS_INSTANCE', intent: 'ELEMENT_ACTIVATED', value })
    const tasks = officeProjectors(at.office.clock, at.bench.deps.registry).find(({ name }) => name === 'tasks')
    await at.office.db.tx(async (tx) => tasks?.project({ ...parseRecord(text), epoch: 1 }, tx))
  }
  const taskOf = (taskId: string) =>
    at.office.db.one<{ state: string; urgent: boolean; due: string }>(
      `select state, is_urgent as urgent, due_on as due from tasks where id = $1`,
      [taskId],
    )

  test('002 is urgent past its 確認の期日, 004 on the 発送日; each goes on and ends as before', async () => {
    const runId = await at.start()
    await at.step(runId, '001')
    const at002 = await at.open(runId, '002')
    await activated(at002, 'Step_004_Due')
    await activated(at002, 'Step_003')
    expect(await taskOf(at002)).toEqual({ state: 'open', urgent: false, due: '2026-08-17' })
    await activated(at002, 'Step_002_Due')
    expect(await taskOf(at002)).toEqual({ state: 'open', urgent: true, due: '2026-08-17' })
    await claimTask(at.bench.deps, { taskId: at002, user: at.clerks.tantou })
    await at.decide(at002, at.clerks.tantou, {})
    await at.step(runId, '003')
    const at004 = await at.open(runId, '004')
    await activated(at004, 'Step_004_Due')
    expect(await taskOf(at004)).toEqual({ state: 'open', urgent: true, due: '2026-08-20' })
    await at.clerks.release(at004)
    expect(await at.step(runId, 'E2')).toMatchObject({ releasedCount: 1 })
    const at007 = await at.open(runId, '007')
    expect(await taskOf(at007)).toEqual({ state: 'open', urgent: false, due: '2026-08-25' })
  })
})
