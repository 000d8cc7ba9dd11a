import { randomUUID } from 'node:crypto'
import type { Clock } from '#kernel/clock.ts'
import type { Tx } from '#db/database.ts'
import { notifyChange } from '#db/notify-change.ts'
import { runOfInstance } from '#engine/binding.ts'
import { isObject } from '#engine/lossless-json.ts'
import { USER_TASK_JOB_TYPE } from '#engine/port.ts'
import type { Projector } from '#engine/projector.ts'
import { notifyUsers } from '#runtime/notify-users.ts'
import { headers, int8, str, type EngineRecord } from '#engine/record.ts'
import { takeOverTask } from '#runtime/take-over.ts'

/** Header of a user task in the model that names its step. */
const STEP_HEADER = 'koki:step'
const GROUPS_HEADER = 'io.camunda.zeebe:candidateGroups'

/**
 * 作業: makes a task row from each job of a user task, in state 'preparing' until the runtime has built its list, and
 * ends it by the record that ends the job, which is the last word. A task that an older epoch left behind moves to the
 * job of its step instead. `nameOf` gives the official name of a step.
 *
 * Throws (→ quarantine) for a user task without a step, or of an instance that no run knows.
 */
export function tasksProjector(
  clock: Clock,
  nameOf: (stepId: string) => string,
  deadlineOf: DeadlineOf = () => null,
): Projector {
  return {
    name: 'tasks',
    valueTypes: ['JOB', 'PROCESS_INSTANCE'],
    async project(record, tx) {
      if (record.valueType === 'PROCESS_INSTANCE') return warn(record, tx, clock, deadlineOf)
      if (record.value['type'] !== USER_TASK_JOB_TYPE) return
      if (record.intent === 'CREATED') await announce(record, tx, clock, nameOf)
      if (record.intent === 'COMPLETED') await complete(record, tx, clock)
      if (record.intent === 'CANCELED') await cancel(record, tx, clock)
    },
  }
}

/** The step whose deadline a timer of the model warns of; null for any other element. */
export type DeadlineOf = (processId: string, elementId: string) => string | null

/** 期限を過ぎた: the model's timer beside an open task makes it urgent; the task itself goes on. */
async function warn(record: EngineRecord, tx: Tx, clock: Clock, deadlineOf: DeadlineOf): Promise<void> {
  if (record.intent !== 'ELEMENT_ACTIVATED') return
  const stepId = deadlineOf(str(record.value, 'bpmnProcessId'), str(record.value, 'elementId'))
  if (stepId === null) return
  const late = await tx.rows<{ id: string; assignee: bigint | null }>(
    `update tasks set is_urgent = true where epoch = $1 and process_instance_key = $2 and step_id = $3
       and state in ('preparing', 'open') and not is_urgent returning id, assignee`,
    [record.epoch, int8(record.value, 'processInstanceKey'), stepId],
  )
  for (const { id, assignee } of late) {
    const told = { kind: 'deadline', taskId: id, by: null, payload: {}, dedupeKey: `deadline/${id}` } as const
    await notifyUsers(tx, clock, [assignee], told)
    await tell(tx, id)
  }
}

async function announce(record: EngineRecord, tx: Tx, clock: Clock, nameOf: (stepId: string) => string): Promise<void> {
  const { epoch, key, value } = record
  const processInstanceKey = int8(value, 'processInstanceKey')
  const owner = await runOfInstance(tx, epoch, processInstanceKey)
  if (owner === null) throw new Error(`user task of instance ${processInstanceKey}, which belongs to no run`)
  if (owner.isDuplicate) return
  const found = headers(value)
  const stepId = found[STEP_HEADER]
  if (stepId === undefined) throw new Error(`user task ${str(value, 'elementId')} names no step (${STEP_HEADER})`)
  await tx.run(`select from runs where id = $1 for no key update`, [owner.runId])
  const elementInstanceKey = int8(value, 'elementInstanceKey')
  const job = {
    runId: owner.runId,
    stepId,
    epoch,
    jobKey: key.toString(),
    elementInstanceKey: elementInstanceKey.toString(),
    processInstanceKey: processInstanceKey.toString(),
  }
  const takenOver = await takeOverTask(tx, job, clock)
  if (takenOver !== null) return tell(tx, takenOver)
  const id = randomUUID()
  const made = await tx.run(
    `insert into tasks (id, epoch, job_key, element_instance_key, process_instance_key, run_id, flow, step_id, name,
       candidate_role, state, created_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, case when state = 'running' then 'preparing' else 'cancelled' end, $11
       from runs where id = $6
     on conflict (epoch, job_key) do nothing`,
    [
      id,
      epoch,
      key,
      elementInstanceKey,
      processInstanceKey,
      owner.runId,
      stepId.slice(0, stepId.indexOf('/')),
      stepId,
      nameOf(stepId),
      firstGroup(found[GROUPS_HEADER]),
      clock.now(),
    ],
  )
  if (made > 0) await tell(tx, id)
}

/** The engine gives the groups as a JSON list in a text. */
function firstGroup(header: string | undefined): string {
  const groups: unknown = JSON.parse(header ?? '[]')
  const first: unknown = Array.isArray(groups) ? groups[0] : null
  if (typeof first !== 'string') throw new Error('user task without a candidate group')
  return first
}

/** Run before task, the order in which everybody locks: else a bulk and a clerk could wait for each other. */
const lockRunOf = (tx: Tx, { epoch, key }: EngineRecord): Promise<number> =>
  tx.run(`select from runs where id = (select run_id from tasks where epoch = $1 and job_key = $2) for no key update`, [
    epoch,
    key,
  ])

async function complete(record: EngineRecord, tx: Tx, clock: Clock): Promise<void> {
  const { epoch, key, value } = record
  await lockRunOf(tx, record)
  const variables = value['variables']
  const answeredBy = isObject(variables) && typeof variables['stepRunId'] === 'string' ? variables['stepRunId'] : null
  const task = await tx.maybe<{ id: string }>(
    `update tasks set state = 'completed', ended_at = $3,
            end_reason = case when step_run_id::text = $4 then end_reason else 'エンジン側で完了された' end
      where epoch = $1 and job_key = $2 and state in ('preparing', 'open', 'completing') returning id`,
    [epoch, key, clock.now(), answeredBy],
  )
  if (task !== null) await tell(tx, task.id)
}

async function cancel(record: EngineRecord, tx: Tx, clock: Clock): Promise<void> {
  const { epoch, key } = record
  await lockRunOf(tx, record)
  const task = await tx.maybe<{ id: string; stepRunId: string | null }>(
    `update tasks set state = 'cancelled', ended_at = $3, end_reason = coalesce(end_reason, 'エンジン側で取り消された')
      where epoch = $1 and job_key = $2 and state in ('preparing', 'open', 'completing')
      returning id, step_run_id as "stepRunId"`,
    [epoch, key, clock.now()],
  )
  if (task === null) return
  await tx.run(`update step_runs set state = 'cancelled', finished_at = $2 where id = $1 and state = 'open'`, [
    task.stepRunId,
    clock.now(),
  ])
  await tell(tx, task.id)
}

const tell = (tx: Tx, taskId: string): Promise<void> => notifyChange(tx, { kind: 'task', taskId })
