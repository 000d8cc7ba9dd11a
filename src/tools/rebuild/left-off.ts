import type { Tx } from '#db/database.ts'
import type { FlowModel } from '#modeler/lint/model.ts'
import { readModel } from '#modeler/lint/read-model.ts'
import { openElements, type OpenElements, type Passed, type TakenFlow } from './open-elements.ts'

/** An open run as PostgreSQL knows it. */
export interface OpenRun {
  readonly id: string
  readonly number: string
  readonly epoch: number | null
  readonly instanceKey: bigint | null
}

/** Where an open run goes on: its former instance, and the elements of its process; without a process from its start. */
export interface LeftOff extends OpenElements {
  readonly fromEpoch: number
  readonly fromKey: bigint
  readonly processId: string | null
}

/** Open runs that have or had an instance, locked. A run whose start message is still owed needs nothing. */
export const openRuns = (tx: Tx): Promise<OpenRun[]> =>
  tx.rows<OpenRun>(
    `select id, number, epoch, process_instance_key as "instanceKey" from runs
      where state = 'running' and (process_instance_key is not null
        or exists (select from run_rebuilds b where b.run_id = runs.id))
      order by id for update`,
  )

interface Earlier {
  readonly fromEpoch: number
  readonly fromKey: bigint
  readonly processId: string | null
  readonly elements: readonly string[]
}

/** Throws `RangeError` in words for an administrator when the run cannot go on in the model in force. */
export async function leftOff(tx: Tx, run: OpenRun): Promise<LeftOff> {
  const earlier = await tx.maybe<Earlier>(
    `select from_epoch as "fromEpoch", from_instance_key as "fromKey", process_id as "processId", elements
       from run_rebuilds where run_id = $1 order by epoch desc limit 1`,
    [run.id],
  )
  if (run.epoch === null || run.instanceKey === null) {
    if (earlier === null) throw new Error(`run ${run.number} never had an instance`)
    return { ...earlier, again: [] } // taken over before, and lost again before anything happened
  }
  const from = { fromEpoch: run.epoch, fromKey: run.instanceKey }
  const begunIn = await tx.maybe<{ processId: string | null; elements: readonly string[] }>(
    `select process_id as "processId", elements from run_rebuilds where run_id = $1 and epoch = $2`,
    [run.id, run.epoch],
  )
  const instance = await tx.maybe<{ processId: string; xml: string | null }>(
    `select i.process_id as "processId", m.xml from trace_instances i
       left join model_deployments d on d.epoch = i.epoch and d.definition_key = i.definition_key
       left join models m on m.id = d.model_id
      where i.epoch = $1 and i.process_instance_key = $2`,
    [run.epoch, run.instanceKey],
  )
  if (instance === null) return { ...from, ...(begunIn ?? { processId: null, elements: [] }), again: [] }
  if (instance.xml === null) throw new RangeError(`${instance.processId} のモデルが残っていません`)
  const model = await readModel(instance.xml)
  const open = openElements(model, { ...(await pathOf(tx, run)), startedAt: begunIn?.elements ?? [] })
  const processId = open.elements.length === 0 ? null : instance.processId
  if (processId !== null) await checkInForce(tx, model, open)
  return { ...from, ...open, processId }
}

async function pathOf(
  tx: Tx,
  { epoch, instanceKey }: OpenRun,
): Promise<{ readonly passed: Passed[]; readonly taken: TakenFlow[] }> {
  const passed = await tx.rows<Passed>(
    `select element_id as "elementId", element_instance_key as key, state, position from trace_elements
      where epoch = $1 and process_instance_key = $2 and element_type <> 'PROCESS' order by position`,
    [epoch, instanceKey],
  )
  const taken = await tx.rows<TakenFlow>(
    `select flow_id as "flowId", position from trace_flows where epoch = $1 and process_instance_key = $2
      order by position`,
    [epoch, instanceKey],
  )
  return { passed, taken }
}

/** The instance is made by the model in force, which may be another than the one it left. */
async function checkInForce(tx: Tx, left: FlowModel, { elements }: OpenElements): Promise<void> {
  const inForce = await tx.maybe<{ xml: string }>(
    `select xml from models where process_id = $1 and in_force_from is not null and in_force_until is null`,
    [left.processId],
  )
  if (inForce === null) throw new RangeError(`${left.processId} の施行中のモデルがありません`)
  const model = await readModel(inForce.xml)
  const missing = elements.filter(
    (id) => !model.elements.some((element) => element.id === id && kindIn(left, id) === element.kind),
  )
  if (missing.length > 0) throw new RangeError(`施行中のモデルに ${missing.join('・')} がありません`)
}

const kindIn = (model: FlowModel, id: string): string | undefined =>
  model.elements.find((element) => element.id === id)?.kind
