import { Type } from 'typebox'
import { closedObject, CountNumber, IdText, Instant, nullable, oneOf, type RouteTable } from '#access/route-schema.ts'

const Milliseconds = Type.Integer({ minimum: 0 })
const Bytes = Type.Integer({ minimum: 0 })

/** 稼働状況: what who keeps the system running must see. Times by the machine, but `at` of alarms and quarantine. */
export const Operations = closedObject({
  at: Instant,
  engine: closedObject({
    state: oneOf(['ok', 'behind', 'stopped']),
    ageMs: nullable(Milliseconds),
    epoch: CountNumber,
    /** As its newest record says. */
    version: nullable(Type.String()),
    /** What we owe it, and for how long the oldest of it. */
    owed: CountNumber,
    owedMs: nullable(Milliseconds),
  }),
  work: closedObject({
    /** 進行中の処理 */
    runs: CountNumber,
    /** 処理待ち: automatic steps that the engine waits for. */
    waiting: CountNumber,
    /** Of these, in somebody's hands now. */
    inHand: CountNumber,
    /** 止まった工程 */
    incidents: CountNumber,
    openTasks: CountNumber,
  }),
  files: closedObject({ waiting: CountNumber, waitingMs: nullable(Milliseconds) }),
  alarms: Type.Array(
    closedObject({
      alarmId: IdText,
      at: Instant,
      kind: Type.String(),
      detail: Type.String(),
      message: Type.String(),
      next: Type.String(),
      canClear: Type.Boolean(),
    }),
  ),
  quarantine: Type.Array(
    closedObject({ record: Type.String(), projector: Type.String(), error: Type.String(), at: Instant }),
  ),
  disk: closedObject({
    freeBytes: Bytes,
    totalBytes: Bytes,
    warnBytes: Bytes,
    stopBytes: Bytes,
    level: oneOf(['ok', 'low', 'full']),
  }),
  database: closedObject({ bytes: Bytes, version: Type.String(), shape: Type.String(), unsealed: CountNumber }),
  /** The last backup; null when none was made. */
  backup: nullable(closedObject({ at: Instant, ageMs: Milliseconds, bytes: Bytes, cause: Type.String() })),
  processes: Type.Array(
    closedObject({
      name: oneOf(['koki-api', 'koki-workers']),
      machine: Type.String(),
      pid: Type.Integer(),
      version: Type.String(),
      startedAt: Instant,
      silentMs: Milliseconds,
      isAlive: Type.Boolean(),
    }),
  ),
  program: Type.String(),
  node: Type.String(),
})

const Reason = Type.String({ minLength: 5, maxLength: 200 })

export const operationsRoutes = {
  'GET /api/operations': { summary: '稼働状況', reply: Operations },
  'POST /api/operations/alarms/:alarmId/clear': {
    summary: '警報を消す',
    params: closedObject({ alarmId: IdText }),
    body: closedObject({ reason: Reason }),
    reply: closedObject({ ok: Type.Boolean() }),
  },
  'POST /api/operations/quarantine/again': {
    summary: '隔離した記録を読み直す',
    body: closedObject({
      record: Type.String({ pattern: '^\\d{1,9}/\\d{1,9}/\\d{1,18}$' }),
      projector: Type.String({ maxLength: 60 }),
    }),
    reply: closedObject({ ok: Type.Boolean() }),
  },
} as const satisfies RouteTable
