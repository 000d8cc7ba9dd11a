import type { Static } from 'typebox'
import { Fault } from '#kernel/faults.ts'
import type { Database, Sql, Tx } from '#db/database.ts'
import type { CurrentUser } from '#access/users.ts'
import { engineAge } from '#engine/heartbeat.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import { stepBand } from '#tasklist/queries/step-band.ts'
import { stepNo } from '#tasklist/queries/task-list.ts'
import type { Progress, RunDetail } from '../runs.schema.ts'
import { findRun } from './run-list.ts'
import { documentsOf, filesOf, unprintableOf } from './run-papers.ts'

type Detail = Static<typeof RunDetail>

interface Facts {
  readonly params: Record<string, unknown>
  readonly variables: Record<string, unknown>
  readonly key: bigint | null
  readonly cancelReason: string | null
  readonly cancelledBy: string | null
}

/** 処理の画面. Throws RUN-001. */
export async function runDetail(db: Database, deps: RuntimeDeps, runId: string, user: CurrentUser): Promise<Detail> {
  const run = await findRun(db, runId)
  if (run === null) throw new Fault('RUN-001')
  const flow = deps.registry.flow(run.flow)
  const facts = await db.one<Facts>(
    `select r.params, r.variables, r.process_instance_key as key, r.cancel_reason as "cancelReason", s.name as "cancelledBy"
     from runs r left join users u on u.id = r.cancelled_by left join staff s on s.id = u.staff_id where r.id = $1`,
    [runId],
  )
  return {
    ...run,
    params: facts.params,
    variables: facts.variables,
    progress: await progressOf(db, runId),
    results: { ...(await flow.results(db, runId)) },
    steps: await stepBand(db, flow, { id: runId, state: run.state, variables: facts.variables }),
    documents: await documentsOf(db, runId),
    files: await filesOf(db, runId),
    unprintable: await unprintableOf(db, flow, runId),
    report: (await flow.report?.standing(db, runId)) ?? null,
    cautions: ((await flow.cautions?.(db, runId)) ?? []).map((caution) => ({ ...caution })),
    openTask: await openTaskOf(db, runId),
    instanceKey: facts.key === null ? null : `${facts.key}`,
    canCancel:
      run.state === 'running' &&
      user.roles.includes('kakaricho') &&
      (await isPossible(db, (tx) => flow.cancel(tx, runId, deps.clock))),
    cancelReason: facts.cancelReason,
    cancelledBy: facts.cancelledBy,
    dataAgeMs: await engineAge(db),
    at: deps.clock.now(),
  }
}

/** 件数・残り・失敗 of the 自動 step under way, or null. */
async function progressOf(sql: Sql, runId: string): Promise<Static<typeof Progress> | null> {
  const row = await sql.maybe<{
    stepId: string
    phase: string | null
    total: bigint | null
    done: bigint
    failed: bigint
    startedAt: string | null
  }>(
    `select sr.step_id as "stepId", sr.phase, sr.progress_total as total, sr.progress_done as done,
       sr.progress_failed as failed, sr.started_at as "startedAt"
     from step_runs sr where sr.run_id = $1 and sr.state = 'open'
       and not exists (select from tasks t where t.step_run_id = sr.id) order by sr.created_at desc limit 1`,
    [runId],
  )
  if (row === null) return null
  const [total, done] = [row.total === null ? null : Number(row.total), Number(row.done)]
  return {
    step: stepNo(row.stepId),
    phase: row.phase,
    total,
    done,
    remaining: total === null ? null : Math.max(0, total - done),
    failed: Number(row.failed),
    startedAt: row.startedAt,
  }
}

async function openTaskOf(sql: Sql, runId: string): Promise<Detail['openTask']> {
  const row = await sql.maybe<{ id: string; stepId: string; name: string }>(
    `select id, step_id as "stepId", name from tasks where run_id = $1 and state = 'open' order by created_at desc limit 1`,
    [runId],
  )
  return row === null ? null : { taskId: row.id, step: stepNo(row.stepId), name: row.name }
}

class TakenBack extends Error {}

/** Tries an act in a transaction that is taken back: whether it would be refused. */
export async function isPossible(db: Database, act: (tx: Tx) => Promise<unknown>): Promise<boolean> {
  try {
    await db.tx(async (tx) => {
      await act(tx)
      throw new TakenBack()
    })
  } catch (error) {
    if (error instanceof TakenBack) return true
    if (!(error instanceof Fault)) throw error
  }
  return false
}
