import type { Clock } from '#kernel/clock.ts'
import type { Database, Tx } from '#db/database.ts'
import { ALARM_CHANNEL, clearAlarms, raiseAlarm } from './alarms.ts'
import { hangBell } from './bell.ts'
import { currentEpoch } from './epoch.ts'
import { errorText, type EngineLog } from './log.ts'
import {
  OUTBOX_CHANNEL,
  asVariables,
  payloadOf,
  type CancelInstance,
  type CompleteJob,
  type OutboxEntry,
  type PublishMessage,
} from './outbox.ts'
import type { EnginePort } from './port.ts'
import { sendRestart } from './restart-run.ts'
import { sendStart } from './start-run.ts'
import { afterFailure, settle, type Verdict } from './verdict.ts'

export interface DispatcherDeps {
  /** Each lane holds one connection while it talks to the engine. */
  readonly db: Database
  readonly clock: Clock
  readonly engine: EnginePort
  readonly log: EngineLog
  /** Commands on their way at the same time; default 4. */
  readonly lanes?: number
  /** Called when a row was taken and is about to be sent: the next one is somebody else's. */
  readonly afterTaken?: () => void
  /** Called when the engine has said yes and our row does not yet know it. Tests end the process here. */
  readonly afterSent?: (entry: OutboxEntry) => void
}

const POLL_MS = 1_000
const LATE_AFTER_MS = 60_000
const LATE_ATTEMPTS = 3
const LATE_DETAIL = 'エンジンへの連絡が遅れています'

/** Sends what waits in the outbox until `stop`. Several processes may run one: a row is worked on under its lock. */
export async function startDispatcher(deps: DispatcherDeps): Promise<{ stop(): Promise<void> }> {
  let isStopped = false
  const news = hangBell()
  const end = hangBell()
  const lane = async (): Promise<void> => {
    while (!isStopped) {
      const found = await dispatchNext({ ...deps, afterTaken: news.ring }).catch((error: unknown) => {
        deps.log.warn({ error: errorText(error) }, 'outbox: database not reachable')
        return false
      })
      if (!found && !isStopped) await news.rest(POLL_MS)
    }
  }
  const watch = async (): Promise<void> => {
    while (!isStopped) {
      await watchAge(deps).catch(() => undefined) // the lanes tell that the database is away
      await end.rest(POLL_MS * 10)
    }
  }
  const listeners = [await deps.db.listen(OUTBOX_CHANNEL, news.ring), await deps.db.listen(ALARM_CHANNEL, news.ring)]
  const running = [...Array.from({ length: deps.lanes ?? 4 }, lane), watch()]
  return {
    async stop() {
      isStopped = true
      news.ringForEver()
      end.ringForEver()
      await Promise.all(running)
      await Promise.all(listeners.map((listener) => listener.stop()))
    },
  }
}

/** Works on one row that is due. Answers whether there was one. */
export async function dispatchNext(deps: DispatcherDeps): Promise<boolean> {
  const held: { entry: OutboxEntry | null } = { entry: null }
  try {
    return await deps.db.tx(async (tx) => {
      const entry = (held.entry = await takeDue(tx, deps.clock))
      if (entry === null) return false
      deps.afterTaken?.()
      await write(tx, deps.clock, entry, await send(tx, deps, entry))
      return true
    })
  } catch (error) {
    const { entry } = held
    if (entry === null) throw error
    deps.log.error({ id: entry.id.toString(), error: errorText(error) }, 'outbox: row failed')
    const verdict = afterFailure({ kind: 'unknown', message: errorText(error) }, entry.attempts)
    await deps.db.tx((tx) => write(tx, deps.clock, entry, verdict))
    return true
  }
}

/** Nothing is due while the engine's data are not the ones we know: their keys would hit other jobs. */
const takeDue = (tx: Tx, clock: Clock): Promise<OutboxEntry | null> =>
  tx.maybe<OutboxEntry>(
    `select id, kind, dedupe_key as "dedupeKey", run_id as "runId", epoch, payload, attempts from outbox
      where state = 'pending' and next_attempt_at <= $1
        and not exists (select from engine_alarms where kind = 'exchanged' and cleared_at is null)
      order by next_attempt_at, id limit 1 for update skip locked`,
    [clock.now()],
  )

async function send(tx: Tx, deps: DispatcherDeps, entry: OutboxEntry): Promise<Verdict> {
  const { engine } = deps
  if (entry.epoch !== null && entry.epoch !== (await currentEpoch(tx)))
    return { kind: 'dropped', reason: `epoch ${entry.epoch} is over` }
  switch (entry.kind) {
    case 'start-run':
      return sendStart(tx, engine, entry)
    case 'restart-run':
      return sendRestart(tx, engine, deps.clock, entry)
    case 'complete-job': {
      const { jobKey, variables } = payloadOf<CompleteJob>(entry)
      const verdict = settle(await engine.completeJob(jobKey, asVariables(variables)), entry.attempts)
      if (verdict.kind === 'done') deps.afterSent?.(entry)
      return verdict
    }
    case 'cancel-instance':
      return settle(await engine.cancelInstance(payloadOf<CancelInstance>(entry).processInstanceKey), entry.attempts)
    case 'publish-message': {
      const message = payloadOf<PublishMessage>(entry)
      return settle(
        await engine.publishMessage({ ...message, variables: asVariables(message.variables) }),
        entry.attempts,
      )
    }
    default:
      return entry.kind satisfies never
  }
}

async function write(tx: Tx, clock: Clock, entry: OutboxEntry, verdict: Verdict): Promise<void> {
  const now = clock.now()
  if (verdict.kind === 'wait') {
    await tx.run(
      `update outbox set attempts = attempts + $2, next_attempt_at = $3::timestamptz + make_interval(secs => $4),
              last_error = $5, payload = coalesce($6::jsonb, payload) where id = $1`,
      [
        entry.id,
        verdict.error === undefined ? 0 : 1,
        now,
        verdict.forMs / 1_000,
        verdict.error?.replaceAll('\0', '␀') ?? null,
        verdict.payload === undefined ? null : JSON.stringify(verdict.payload),
      ],
    )
    return
  }
  const note = verdict.kind === 'dropped' ? verdict.reason : (verdict.note ?? null)
  await tx.run(`update outbox set state = $2, attempts = attempts + 1, done_at = $3, last_error = $4 where id = $1`, [
    entry.id,
    verdict.kind,
    now,
    note?.replaceAll('\0', '␀') ?? null,
  ])
}

async function watchAge({ db, clock }: DispatcherDeps): Promise<void> {
  const { late } = await db.one<{ late: boolean }>(
    `select exists (select from outbox where state = 'pending' and attempts >= $1
        and created_at < $2::timestamptz - make_interval(secs => $3)) as late`,
    [LATE_ATTEMPTS, clock.now(), LATE_AFTER_MS / 1_000],
  )
  if (late) await raiseAlarm(db, clock, 'outbox-late', LATE_DETAIL)
  else await clearAlarms(db, clock, 'outbox-late')
}
