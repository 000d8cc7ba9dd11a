import { randomUUID } from 'node:crypto'
import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import type { Tx } from '#db/database.ts'
import { notifyChange } from '#db/notify-change.ts'
import { enqueue } from '#engine/outbox.ts'
import type { RuntimeDeps } from './deps.ts'
import type { TaskUser } from './human-context.ts'
import { actorOf } from './actor.ts'
import { violations } from './validate.ts'

/** 処理: one execution of a flow, known to a clerk by its 処理番号. */
export interface StartedRun {
  readonly runId: string
  readonly number: string
}

/**
 * Starts a run: the row first, the engine through the outbox. The message's key is the run's id, so publishing again
 * makes no second instance that does work. Throws the flow's refusals and TASK-007 for malformed parameters.
 */
export async function startRun(
  deps: RuntimeDeps,
  request: { readonly flow: string; readonly params: unknown; readonly user: TaskUser },
): Promise<StartedRun> {
  const flow = deps.registry.flow(request.flow)
  const wrong = violations(flow.params, request.params)
  if (wrong.length > 0) throw new Fault('TASK-007', { detail: wrong.join('; ') })
  return deps.db.tx(async (tx) => {
    const plan = await flow.plan(request.params, tx, deps.clock)
    const runId = randomUUID()
    const number = await nextNumber(tx, flow.flow, flow.numberCode, plan.fiscalYear)
    const variables = { runId, ...plan.variables }
    const now = deps.clock.now()
    await tx.run(
      `insert into runs (id, number, flow, title, params, options, variables, state, started_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'running', $8, $9)`,
      [
        runId,
        number,
        flow.flow,
        plan.title,
        JSON.stringify(plan.params),
        JSON.stringify(plan.options),
        JSON.stringify(variables),
        request.user.userId,
        now,
      ],
    )
    await appendEvent(tx, {
      at: now,
      kind: 'run-started',
      actor: actorOf(request.user),
      runId,
      payload: { flow: flow.flow, number, params: plan.params, options: plan.options },
    })
    await enqueue(tx, {
      kind: 'start-run',
      dedupeKey: `start/${runId}`,
      runId,
      payload: { messageName: `${flow.flow}/start`, runId, variables },
      clock: deps.clock,
    })
    await notifyChange(tx, { kind: 'run', runId })
    return { runId, number }
  })
}

/** 「R8-52-0011」: era year, flow, gapless number within year and flow. */
async function nextNumber(tx: Tx, flow: string, code: string, fiscalYear: number): Promise<string> {
  const { last } = await tx.one<{ last: number }>(
    `insert into run_counters (flow, fiscal_year, last) values ($1, $2, 1)
     on conflict (flow, fiscal_year) do update set last = run_counters.last + 1 returning last`,
    [flow, fiscalYear],
  )
  return `R${fiscalYear - 2018}-${code}-${String(last).padStart(4, '0')}`
}

/**
 * 処理を中止する: PostgreSQL first, then the engine through the outbox. Open tasks end, the flow frees what it holds.
 * Throws RUN-001, RUN-002, or the flow's refusal when it is too late.
 */
export async function cancelRun(
  deps: RuntimeDeps,
  request: { readonly runId: string; readonly reason: string; readonly user: TaskUser },
): Promise<void> {
  await deps.db.tx(async (tx) => {
    const run = await tx.maybe<{ state: string; flow: string; epoch: number | null; key: bigint | null }>(
      `select state, flow, epoch, process_instance_key as key from runs where id = $1 for no key update`,
      [request.runId],
    )
    if (run === null) throw new Fault('RUN-001')
    if (run.state !== 'running') throw new Fault('RUN-002')
    await deps.registry.flow(run.flow).cancel(tx, request.runId, deps.clock)
    const now = deps.clock.now()
    await tx.run(
      `update runs set state = 'cancelled', outcome = '中止', cancel_reason = $2, cancelled_by = $3, finished_at = $4 where id = $1`,
      [request.runId, request.reason, request.user.userId, now],
    )
    await tx.run(
      `update tasks set state = 'cancelled', ended_at = $2, end_reason = '処理の中止' where run_id = $1 and state in ('preparing', 'open')`,
      [request.runId, now],
    )
    await tx.run(`update step_runs set state = 'cancelled' where run_id = $1 and state in ('open', 'failed')`, [
      request.runId,
    ])
    await appendEvent(tx, {
      at: now,
      kind: 'run-cancelled',
      actor: actorOf(request.user),
      runId: request.runId,
      payload: { reason: request.reason },
    })
    if (run.key !== null && run.epoch !== null)
      await enqueue(tx, {
        kind: 'cancel-instance',
        dedupeKey: `cancel/${run.epoch}/${run.key}`,
        runId: request.runId,
        epoch: run.epoch,
        payload: { processInstanceKey: run.key.toString() },
        clock: deps.clock,
      })
    await notifyChange(tx, { kind: 'run', runId: request.runId })
  })
}
