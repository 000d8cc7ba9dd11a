import { Readable } from 'node:stream'
import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { appendEvent } from '#audit/append.ts'
import { exportJournal } from '#audit/export.ts'
import { verifyJournal } from '#audit/verify.ts'
import type { Register } from '#access/route.ts'
import type { CurrentUser } from '#access/users.ts'
import type { Database, Tx } from '#db/database.ts'
import { actorOf } from '#runtime/actor.ts'
import type { Api } from '../contract.ts'
import type { ApiDeps } from '../deps.ts'
import { auditEvent, auditPage, type AuditFilter } from './audit-queries.ts'

type Asked = AuditFilter & { readonly limit?: number; readonly cursor?: string; readonly offset?: number }

/** 監査の記録: looked at, verified, taken away. Looking is recorded too. */
export function auditRoutes(route: Register<Api>, deps: ApiDeps): void {
  const tell = (tx: Tx, user: CurrentUser, what: string, count: number, detail?: unknown): Promise<bigint> =>
    appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'read',
      actor: actorOf(user),
      payload: { what, count, ...(detail === undefined ? {} : { detail }) },
    })
  const page = (db: Database, user: CurrentUser, { limit = 50, cursor, offset = 0, ...filter }: Asked) =>
    db.tx(async (tx) => {
      const before = cursor === undefined ? null : idOf(cursor)
      const found = await auditPage(tx, filter, { limit, before, offset })
      await tell(tx, user, '監査の記録', found.items.length)
      return { ...found, at: deps.clock.now() }
    })

  route('GET /api/audit', ({ db, user, query }) => page(db, user, query))
  route('POST /api/audit/search', ({ db, user, body }) => page(db, user, body))
  route('GET /api/audit/:eventId', ({ db, user, params }) =>
    db.tx(async (tx) => {
      const event = await auditEvent(tx, idOf(params.eventId), deps.clock.today())
      if (event === null) throw new Fault('REQ-002')
      await tell(tx, user, '監査の記録', 1, { eventId: event.eventId })
      return event
    }),
  )
  route('GET /api/audit/state', async ({ db }) => {
    const state = await db.one<{ events: number; sealed: number }>(
      `select (select count(*)::int from audit_events) as events, (select count(*)::int from audit_seals) as sealed`,
    )
    const last = await db.maybe<{ number: bigint; hash: string; at: string }>(
      `select number, hash, sealed_at as at from audit_seals order by number desc limit 1`,
    )
    const heads = await db.rows<{ day: string; number: bigint; hash: string }>(
      `select day, last_number as number, hash from audit_day_heads order by day desc limit 31`,
    )
    return {
      ...state,
      lastNumber: last === null ? null : `${last.number}`,
      lastHash: last?.hash ?? null,
      lastSealedAt: last?.at ?? null,
      dayHeads: heads.map(({ day, number, hash }) => ({ day, lastNumber: `${number}`, hash })),
    }
  })
  route('POST /api/audit/verify', async ({ db, user }) => {
    const { checked, unsealed, firstBad } = await verifyJournal(db)
    const said = firstBad === null ? null : `封印 ${firstBad.number}: ${firstBad.message}`
    await db.tx((tx) =>
      appendEvent(tx, {
        at: deps.clock.now(),
        kind: 'journal-verified',
        actor: actorOf(user),
        payload: { isSound: firstBad === null, checked: Number(checked), firstBad: said },
      }),
    )
    return {
      isSound: firstBad === null,
      checked: Number(checked),
      unsealed: Number(unsealed),
      firstBad:
        firstBad === null
          ? null
          : { number: `${firstBad.number}`, eventId: `${firstBad.eventId}`, message: firstBad.message },
      at: deps.clock.now(),
    }
  })
  route('GET /api/audit/export', async ({ db, user, query, reply }) => {
    const range = { from: (query.from ?? null) as PlainDate | null, to: (query.to ?? null) as PlainDate | null } // date format
    await db.tx((tx) =>
      appendEvent(tx, {
        at: deps.clock.now(),
        kind: 'output',
        actor: actorOf(user),
        payload: { what: '監査の記録の書き出し', count: 0, detail: range },
      }),
    )
    void reply
      .type('application/x-ndjson; charset=utf-8')
      .header('content-disposition', `attachment; filename="koki-audit-${deps.clock.today()}.jsonl"`)
    return Readable.from(exportJournal(deps.db, deps.clock, range))
  })
}

function idOf(text: string): bigint {
  if (!/^\d{1,18}$/.test(text)) throw new Fault('REQ-001', { detail: 'cursor 前の頁の値を使ってください。' })
  return BigInt(text)
}
