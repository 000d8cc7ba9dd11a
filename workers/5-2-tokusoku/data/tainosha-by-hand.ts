import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import type { Sql, Tx } from '#db/database.ts'
import { notifyChange } from '#db/notify-change.ts'
import { judgeTainosha } from '#rules/tokusoku/judge-tainosha.ts'
import { resolveTokusokuOptions } from '#rules/tokusoku/options.ts'
import { actorOf } from '#runtime/actor.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import type { ReportByHand, ReportStanding } from '#runtime/report.ts'
import type { StepContext } from '#runtime/step.ts'
import { loadTainoshaCases } from './load-tainosha-cases.ts'
import type { PinnedOptions } from './plan.ts'
import { readRunDates } from './run-params.ts'
import { stageTainosha } from './stage-tainosha.ts'

const STEP = '5-2-tokusoku/005-make-tainosha-file'
const REGISTERED = '5-2-tokusoku/007-register-dispatch'

/** The newest version after 007: how many of its 督促 lines are letters that did not leave. */
async function newest(sql: Sql, runId: string) {
  return sql.maybe<{ version: number; state: string; undispatched: number; sentBefore: boolean }>(
    `select f.version, f.state, (
         select count(*)::int from tainosha_rows d
         join worksheet_rows r on r.worksheet_id = d.worksheet_id and r.row_no = d.row_no
         where d.worksheet_id = f.worksheet_id and d.section = '送付' and d.status = '督促'
           and not exists (select from notices n where n.run_id = $1 and n.instalment_id = r.instalment_id
                           and n.state in ('released', 'dispatched'))) as undispatched,
       exists (select from tainosha_files o where o.run_id = $1 and o.state = 'sent' and o.version < f.version) as "sentBefore"
     from tainosha_files f where f.run_id = $1
       and exists (select from step_runs s where s.run_id = $1 and s.step_id = '${REGISTERED}' and s.state = 'done')
     order by f.version desc limit 1`,
    [runId],
  )
}

async function standing(sql: Sql, runId: string): Promise<ReportStanding | null> {
  const file = await newest(sql, runId)
  if (file === null) return null
  const { version, undispatched } = file
  if (file.state === 'made' && file.sentBefore) return { kind: 'send', version, undispatched }
  return file.state === 'sent' && undispatched > 0 ? { kind: 'remake', version, undispatched } : null
}

/** Two who press at once come one after the other. Weaker than FOR UPDATE: the list is staged on connections of its own. */
const lockRun = (tx: Tx, runId: string): Promise<number> =>
  tx.run(`select 1 from runs where id = $1 for no key update`, [runId])

/** 次の版: the same judgement as 005, with today's balances, without the letters that did not leave. */
const remake: ReportByHand['remake'] = (deps, { runId, user }) =>
  deps.db.tx(async (tx) => {
    await lockRun(tx, runId)
    const now = await standing(tx, runId)
    if (now?.kind === 'send') return
    if (now === null) throw new Fault('F52-30')
    const ctx = await contextOf(tx, deps, runId)
    const { issueOn } = await readRunDates(tx, runId)
    const { options: pinned } = await tx.one<{ options: PinnedOptions }>(`select options from runs where id = $1`, [
      runId,
    ])
    const options = resolveTokusokuOptions(pinned.versions, issueOn)
    async function* judged() {
      for await (const page of loadTainoshaCases(ctx))
        yield page.map((kase) => ({ kase, judged: judgeTainosha(kase, options) }))
    }
    const { fileVersion, fileCount } = await (await stageTainosha(judged(), ctx)).finish(tx)
    const { sha256 } = await tx.one<{ sha256: string }>(
      `select sha256 from tainosha_files where run_id = $1 and version = $2`,
      [runId, fileVersion],
    )
    await appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'file-made',
      actor: actorOf(user),
      runId,
      payload: { fileKind: 'tainosha', version: fileVersion, lines: fileCount, sha256 },
    })
    await notifyChange(tx, { kind: 'run', runId })
  })

/** The step that made the version before lends its place: what is made by hand belongs to it. */
async function contextOf(tx: Tx, deps: RuntimeDeps, runId: string): Promise<StepContext> {
  const step = await tx.one<{ id: string; attempt: number; last: bigint }>(
    `select id, attempt, (select last from posting_counter) as last from step_runs
     where run_id = $1 and step_id = '${STEP}' and state = 'done' order by round desc limit 1`,
    [runId],
  )
  return {
    runId,
    stepRunId: step.id,
    stepId: STEP,
    attempt: step.attempt,
    read: tx,
    db: deps.db,
    postingNumber: step.last,
    options: null,
    clock: deps.clock,
    files: deps.files,
    progress: async () => undefined,
  }
}

const recordSent: ReportByHand['recordSent'] = (deps, act) =>
  deps.db.tx(async (tx) => {
    await lockRun(tx, act.runId)
    if (act.sentOn > deps.clock.today()) throw new Fault('TASK-010', { reason: '送付した日', need: '本日以前の日' })
    const again = await tx.maybe(
      `select 1 from tainosha_files where run_id = $1 and version = $2 and state = 'sent' and sent_on = $3`,
      [act.runId, act.version, act.sentOn],
    )
    if (again !== null) return
    const now = await standing(tx, act.runId)
    if (now?.kind !== 'send' || now.version !== act.version || now.undispatched > 0) throw new Fault('F52-31')
    await tx.run(
      `update tainosha_files set state = 'sent', sent_on = $3, sent_by = $4, receipt_no = $5
       where run_id = $1 and version = $2 and state = 'made'`,
      [act.runId, act.version, act.sentOn, act.sentBy, act.receiptNo],
    )
    await appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'file-sent',
      actor: actorOf(act.user),
      runId: act.runId,
      payload: { fileKind: 'tainosha', version: act.version, sentOn: act.sentOn },
    })
    await notifyChange(tx, { kind: 'run', runId: act.runId })
  })

/** 滞納者情報の次の版 by hand: 005 and 006 come before 007 (sheet 5.2, question 2). */
export const tainoshaByHand: ReportByHand = { standing, remake, recordSent }
