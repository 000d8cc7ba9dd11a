import { Fault } from '#kernel/faults.ts'
import { isDatabaseAway } from '#db/away.ts'
import type { EngineJob } from '#engine/port.ts'
import { appendEvent } from '#audit/append.ts'
import type { WorkerDeps } from './deps.ts'
import { notifyUsers } from './notify-users.ts'
import type { AutomaticStep } from './step.ts'
import type { Turn } from './turn.ts'

const FIRST_BACKOFF_MS = 1_000
const AWAY_BACKOFF_MS = 2_000
const TRANSIENT_SQLSTATES = /^(08|40|53|55|57)/

/**
 * 業務の拒否 → BPMN error; 一時的 → again with back-off; ours → an incident that a person sees. A database that is away
 * costs no retry: however long it is away, the step goes on when it is back, and nobody has to ask for it.
 */
export async function settleFailure(
  deps: WorkerDeps,
  step: AutomaticStep,
  job: EngineJob,
  turn: Turn | null,
  error: unknown,
): Promise<void> {
  const outcome = outcomeOf(error)
  deps.log(`step failed: ${step.id} job ${job.key} ${outcome.kind} ${outcome.code}`, {
    level: outcome.kind === 'defect' ? 'error' : 'warn',
  })
  if (outcome.kind === 'refusal') return void (await deps.engine.throwError(job.key, outcome.code, outcome.message))
  if (outcome.kind === 'lost') return // another attempt has the turn, or the run is over
  if (outcome.kind === 'away') {
    await deps.engine.failJob(job.key, job.retries, AWAY_BACKOFF_MS, `${outcome.code} ${outcome.message}`)
    return
  }
  const retries = outcome.kind === 'transient' ? Math.max(0, job.retries - 1) : 0
  if (retries === 0 && turn)
    await recordFailure(deps, turn, outcome).catch((e: unknown) => deps.log(`not recorded: ${codeOf(e)}`))
  await deps.engine.failJob(
    job.key,
    retries,
    FIRST_BACKOFF_MS * 2 ** Math.max(0, 3 - retries),
    `${outcome.code} ${outcome.message}`,
  )
}

interface Outcome {
  readonly kind: 'refusal' | 'transient' | 'defect' | 'lost' | 'away'
  readonly code: string
  /** Safe to show and to log: our own sentence, never a database's or a library's, which may quote a person. */
  readonly message: string
}

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown'
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof Fault) {
    if (error.code === 'RUN-004' || error.code === 'RUN-002')
      return { kind: 'lost', code: error.code, message: error.message }
    const kind = error.entry.kind === 'refusal' || error.entry.kind === 'transient' ? error.entry.kind : 'defect'
    return { kind, code: error.code, message: `${error.message} 次にすること: ${error.next}` }
  }
  const code = codeOf(error)
  if (isDatabaseAway(error))
    return { kind: 'away', code, message: 'データベースにつながりません。次にすること: つながると自動で続きます。' }
  const kind = TRANSIENT_SQLSTATES.test(code) ? 'transient' : 'defect'
  return {
    kind,
    code,
    message:
      '工程の途中で止まりました。次にすること: 実行状況で「もう一度行う」を押し、続くときはシステム管理者に連絡してください。',
  }
}

/** 「004 広域連合送付収納情報作成」 */
const stepName = (deps: WorkerDeps, stepId: string): string =>
  `${/\/([^-]+)-/.exec(stepId)?.[1]?.toUpperCase() ?? ''} ${deps.registry.automatic(stepId).officialName}`

async function recordFailure(deps: WorkerDeps, turn: Turn, outcome: Outcome): Promise<void> {
  await deps.db.tx(async (tx) => {
    const now = deps.clock.now()
    const mine = await tx.run(
      `update step_runs set state = 'failed', fault_code = $3, fault_message = $4 where id = $1 and attempt = $2 and state = 'open'`,
      [turn.stepRunId, turn.attempt, outcome.code, outcome.message],
    )
    if (mine === 0) return
    await appendEvent(tx, {
      at: now,
      kind: 'step-failed',
      actor: { userId: null, name: 'システム', terminal: '' },
      runId: turn.runId,
      stepRunId: turn.stepRunId,
      payload: { step: turn.stepId, attempt: turn.attempt, code: outcome.code },
    })
    const { startedBy } = await tx.one<{ startedBy: bigint | null }>(
      `select started_by as "startedBy" from runs where id = $1`,
      [turn.runId],
    )
    await notifyUsers(tx, deps.clock, [startedBy], {
      kind: 'step-failed',
      runId: turn.runId,
      by: null,
      payload: { step: stepName(deps, turn.stepId), code: outcome.code },
    })
  })
}
