import { randomUUID } from 'node:crypto'
import { Fault } from '#kernel/faults.ts'
import type { Tx } from '#db/database.ts'
import type { EngineJob } from '#engine/port.ts'
import { bindRun } from '#engine/binding.ts'
import { completeJob } from './answer.ts'
import type { RuntimeDeps } from './deps.ts'
import type { AutomaticStep } from './step.ts'
import { takeOverStepRun } from './take-over.ts'

/** One attempt at one round of a step. `attempt` is the fencing number. */
export interface Turn {
  readonly runId: string
  readonly stepRunId: string
  readonly stepId: string
  readonly epoch: number
  readonly jobKey: string
  readonly attempt: number
  readonly input: Readonly<Record<string, unknown>>
  /** Pinned options, and the run's variables that pick their versions. */
  readonly options: unknown
  readonly variables: Readonly<Record<string, unknown>>
}

interface RunRow {
  readonly state: string
  readonly options: unknown
  readonly variables: Readonly<Record<string, unknown>>
}
interface StepRunRow {
  readonly id: string
  readonly state: string
  readonly attempt: number
  readonly output: object | null
}

/**
 * Takes the turn for a job: binds the run to the instance once, finds or makes the step run, raises the attempt.
 * `foreign`: another instance of a bound run, it is being cancelled. `closed`: the run is over. `answered`: done before,
 * the stored output goes to the engine again.
 */
export async function takeTurn(
  deps: RuntimeDeps,
  step: AutomaticStep,
  job: EngineJob,
): Promise<{ readonly kind: 'run'; readonly turn: Turn } | { readonly kind: 'foreign' | 'closed' | 'answered' }> {
  const { runId } = job.variables
  if (typeof runId !== 'string') throw new Fault('RUN-001')
  return deps.db.tx(async (tx) => {
    // `no key`: a row that refers to the run need not wait for it, and so cannot wait in a circle
    const run = await tx.maybe<RunRow>(`select state, options, variables from runs where id = $1 for no key update`, [
      runId,
    ])
    if (run === null) throw new Fault('RUN-001')
    const { epoch } = await tx.one<{ epoch: number }>(`select max(epoch) as epoch from engine_epochs`)
    if ((await bindRun(tx, { runId, epoch, processInstanceKey: job.processInstanceKey }, deps.clock)) === 'foreign')
      return { kind: 'foreign' }
    if (run.state !== 'running') return { kind: 'closed' }
    const { runId: _, ...rest } = job.variables
    const stepRun = await openStepRun(
      tx,
      { runId, stepId: step.id, epoch, job, input: { runId, ...rest } },
      deps.clock.now(),
    )
    const turn: Turn = {
      runId,
      stepRunId: stepRun.id,
      stepId: step.id,
      epoch,
      jobKey: job.key,
      attempt: stepRun.attempt,
      input: job.variables,
      options: run.options,
      variables: run.variables,
    }
    if (stepRun.state === 'done') {
      await completeJob(tx, turn, stepRun.output ?? {}, deps.clock)
      return { kind: 'answered' }
    }
    return { kind: 'run', turn }
  })
}

/**
 * Finds the step run of an element instance, takes one over that an older epoch left behind, or makes the next round; an
 * unfinished one gets its next attempt.
 */
export async function openStepRun(
  tx: Tx,
  wanted: {
    readonly runId: string
    readonly stepId: string
    readonly epoch: number
    readonly job: Pick<EngineJob, 'key' | 'elementInstanceKey'>
    readonly input: object
  },
  now: string,
): Promise<StepRunRow> {
  const { runId, stepId, epoch, job } = wanted
  const known = (): Promise<StepRunRow | null> =>
    tx.maybe<StepRunRow>(
      `update step_runs set attempt = case when state = 'done' then attempt else attempt + 1 end, job_key = $3,
         state = case when state = 'failed' then 'open' else state end, started_at = coalesce(started_at, $4)
       where epoch = $1 and element_instance_key = $2 returning id, state, attempt, output`,
      [epoch, job.elementInstanceKey, job.key, now],
    )
  const found = await known()
  if (found) return found
  const { key: jobKey, elementInstanceKey } = job
  const takenOver = (await takeOverStepRun(tx, { runId, stepId, epoch, jobKey, elementInstanceKey }))
    ? await known()
    : null
  if (takenOver) return takenOver
  return tx.one<StepRunRow>(
    `insert into step_runs (id, run_id, step_id, round, version, epoch, element_instance_key, job_key, state, attempt, input, created_at, started_at)
     select $1, $2, $3, n.round, n.round, $4, $5, $6, 'open', 1, $7, $8, $8
     from (select 1 + coalesce(max(round), 0) as round from step_runs where run_id = $2 and step_id = $3) n
     returning id, state, attempt, output`,
    [randomUUID(), runId, stepId, epoch, job.elementInstanceKey, job.key, JSON.stringify(wanted.input), now],
  )
}

/** Locks run and step run for the final transaction. Throws RUN-004 when the attempt moved, RUN-002 when the run is over. */
export async function lockTurn(tx: Tx, turn: Turn): Promise<void> {
  const run = await tx.one<{ state: string }>(`select state from runs where id = $1 for no key update`, [turn.runId])
  const mine = await tx.one<{ attempt: number; state: string }>(
    `select attempt, state from step_runs where id = $1 for no key update`,
    [turn.stepRunId],
  )
  if (mine.attempt !== turn.attempt || mine.state !== 'open') throw new Fault('RUN-004')
  if (run.state !== 'running') throw new Fault('RUN-002')
}
