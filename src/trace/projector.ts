import type { Tx } from '#db/database.ts'
import { prepared } from '#db/prepared.ts'
import type { Projector } from '#engine/projector.ts'
import { int8, str, type EngineRecord } from '#engine/record.ts'

/** 実行状況: instances, the path they took, incidents and timers, as the engine's records tell them. */
export const traceProjector: Projector = {
  name: 'trace',
  valueTypes: ['PROCESS_INSTANCE', 'INCIDENT', 'TIMER'],
  async project(record, tx) {
    if (record.valueType === 'INCIDENT') return incident(record, tx)
    if (record.valueType === 'TIMER') return timer(record, tx)
    if (record.intent === 'SEQUENCE_FLOW_TAKEN') return flow(record, tx)
    await element(record, tx)
    if (record.value['bpmnElementType'] === 'PROCESS') await instance(record, tx)
  },
}

const INSTANCE_STATES: Readonly<Record<string, string>> = {
  ELEMENT_ACTIVATED: 'active',
  ELEMENT_COMPLETED: 'completed',
  ELEMENT_TERMINATED: 'terminated',
}
const ELEMENT_STATES: Readonly<Record<string, string>> = { ELEMENT_ACTIVATING: 'activating', ...INSTANCE_STATES }

async function instance({ epoch, intent, key, at, value }: EngineRecord, tx: Tx): Promise<void> {
  const state = INSTANCE_STATES[intent]
  if (state === undefined) return
  const parent = int8(value, 'parentProcessInstanceKey')
  await tx.run(
    `insert into trace_instances (epoch, process_instance_key, process_id, engine_version, definition_key, parent_key,
       state, started_at, ended_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, case when $7 = 'active' then null else $8::timestamptz end)
     on conflict (epoch, process_instance_key) do update
        set state = excluded.state, ended_at = excluded.ended_at where trace_instances.state = 'active'`,
    [
      epoch,
      key,
      str(value, 'bpmnProcessId'),
      int8(value, 'version'),
      int8(value, 'processDefinitionKey'),
      parent < 0n ? null : parent,
      state,
      at,
    ],
  )
}

async function element({ epoch, intent, key, position, at, value }: EngineRecord, tx: Tx): Promise<void> {
  const state = ELEMENT_STATES[intent]
  if (state === undefined) return
  await tx.run(
    prepared(`insert into trace_elements (epoch, element_instance_key, process_instance_key, scope_key, element_id, element_type,
       state, position, activated_at, ended_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case when $7 in ('activating', 'active') then null else $9::timestamptz end)
     on conflict (epoch, element_instance_key) do update set state = excluded.state, ended_at = excluded.ended_at
      where trace_elements.state in ('activating', 'active')`),
    [
      epoch,
      key,
      int8(value, 'processInstanceKey'),
      int8(value, 'flowScopeKey'),
      str(value, 'elementId'),
      str(value, 'bpmnElementType'),
      state,
      position,
      at,
    ],
  )
}

async function flow({ epoch, partition, position, at, value }: EngineRecord, tx: Tx): Promise<void> {
  await tx.run(
    prepared(`insert into trace_flows (epoch, partition, position, process_instance_key, flow_id, taken_at)
     values ($1, $2, $3, $4, $5, $6)`),
    [epoch, partition, position, int8(value, 'processInstanceKey'), str(value, 'elementId'), at],
  )
}

async function incident({ epoch, intent, key, at, value }: EngineRecord, tx: Tx): Promise<void> {
  if (intent === 'CREATED') {
    const jobKey = int8(value, 'jobKey')
    await tx.run(
      `insert into trace_incidents (epoch, incident_key, process_instance_key, element_instance_key, element_id, job_key,
         error_type, message, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        epoch,
        key,
        int8(value, 'processInstanceKey'),
        int8(value, 'elementInstanceKey'),
        str(value, 'elementId'),
        jobKey < 0n ? null : jobKey,
        str(value, 'errorType'),
        str(value, 'errorMessage'),
        at,
      ],
    )
  }
  if (intent === 'RESOLVED')
    await tx.run(`update trace_incidents set resolved_at = $3 where epoch = $1 and incident_key = $2`, [epoch, key, at])
}

const TIMER_ENDS: Readonly<Record<string, string>> = { TRIGGERED: 'fired', CANCELED: 'cancelled' }

async function timer({ epoch, intent, key, at, value }: EngineRecord, tx: Tx): Promise<void> {
  const processInstanceKey = int8(value, 'processInstanceKey')
  if (processInstanceKey < 0n) return // waits to start an instance: no instance to show it on
  if (intent === 'CREATED')
    await tx.run(
      `insert into trace_timers (epoch, timer_key, process_instance_key, element_id, due_at, state, created_at)
       values ($1, $2, $3, $4, $5, 'waiting', $6)`,
      [
        epoch,
        key,
        processInstanceKey,
        str(value, 'targetElementId'),
        new Date(Number(int8(value, 'dueDate'))).toISOString(),
        at,
      ],
    )
  const end = TIMER_ENDS[intent]
  if (end !== undefined)
    await tx.run(
      `update trace_timers set state = $3, ended_at = $4 where epoch = $1 and timer_key = $2 and state = 'waiting'`,
      [epoch, key, end, at],
    )
}
