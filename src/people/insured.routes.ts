import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import { contentOf } from '#audit/changes.ts'
import { describeEvent } from '#audit/describe.ts'
import type { Clock } from '#kernel/clock.ts'
import type { Register } from '#access/route.ts'
import type { CurrentUser } from '#access/users.ts'
import type { Sql, Tx } from '#db/database.ts'
import { actorOf } from '#runtime/actor.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import type { InsuredDetail, insuredRoutes as table } from './insured.schema.ts'
import { insuredOverview, type InsuredOverview } from './queries/overview.ts'
import { searchInsured } from './queries/search.ts'
import type { Static } from 'typebox'

type Detail = Static<typeof InsuredDetail>
const READERS_DAYS = 90
/** Fields that 理由を書いて開く opens, all at once, of one person. */
const DISCLOSED = ['address', 'postalCode', 'phone', 'household', 'deliveries', 'movedOutOn', 'paymentPlace'] as const

interface Deps {
  readonly clock: Clock
  readonly registry: Pick<RuntimeDeps['registry'], 'flow'>
}

/** 被保険者照会. Every look is an event in the transaction of the reading: without it nothing is shown. */
export function insuredRoutes(route: Register<typeof table>, deps: Deps): void {
  route('POST /api/insured/search', ({ db, user, body }) =>
    db.tx(async (tx) => {
      if (body.cursor !== undefined && !/^\d{1,18}$/.test(body.cursor))
        throw new Fault('REQ-001', { detail: 'cursor 前の頁の値を使ってください。' })
      const today = deps.clock.today()
      const found = await searchInsured(tx, { q: body.q, limit: body.limit ?? 50, cursor: body.cursor ?? null, today })
      await read(
        tx,
        user,
        '被保険者の検索',
        found.items.map(({ insuredId }) => insuredId),
      )
      return { items: found.items.map((hit) => ({ ...hit })), total: found.total, nextCursor: found.nextCursor }
    }),
  )
  route('GET /api/insured/:insuredId', ({ db, user, params }) =>
    db.tx(async (tx) => {
      const overview = await overviewOf(tx, params.insuredId, false)
      await read(tx, user, '被保険者照会', [params.insuredId])
      return detail(tx, overview, user)
    }),
  )
  route('POST /api/insured/:insuredId/disclose', ({ db, user, params, body }) =>
    db.tx(async (tx) => {
      await appendEvent(tx, {
        at: deps.clock.now(),
        kind: 'disclosed',
        actor: actorOf(user),
        subjects: [{ kind: 'insured', id: params.insuredId }],
        payload: { reason: body.reason, fields: DISCLOSED },
      })
      return detail(tx, await overviewOf(tx, params.insuredId, true), user)
    }),
  )

  const read = (tx: Tx, user: CurrentUser, what: string, ids: readonly string[]): Promise<bigint> =>
    appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'read',
      actor: actorOf(user),
      subjects: ids.map((id) => ({ kind: 'insured', id })),
      payload: { what, count: ids.length },
    })

  async function overviewOf(tx: Tx, insuredId: string, isDisclosed: boolean): Promise<InsuredOverview> {
    const overview = await insuredOverview(tx, BigInt(insuredId), {
      today: deps.clock.today(),
      isDisclosed,
      wordsOf: (flow) => deps.registry.flow(flow).words,
    })
    if (overview === null) throw new Fault('REQ-002')
    return overview
  }

  async function detail(tx: Tx, overview: InsuredOverview, user: CurrentUser): Promise<Detail> {
    return {
      ...(structuredClone(overview) as unknown as Omit<Detail, 'readers' | 'canDisclose' | 'at'>), // same fields, readonly
      readers: await readersOf(tx, overview.insuredId, deps.clock),
      canDisclose: overview.isProtected && user.roles.includes('kakaricho'),
      at: deps.clock.now(),
    }
  }
}

/** この人を見た人(90日), newest first: reads, disclosures and refused attempts. */
async function readersOf(sql: Sql, insuredId: string, clock: Clock): Promise<Detail['readers']> {
  const rows = await sql.rows<{ at: string; actor: string; kind: string; payload: string }>(
    `select e.at, coalesce(s.name, e.actor) as actor, e.kind, e.payload
     from audit_event_subjects x join audit_events e on e.id = x.event_id
     left join users u on u.id = e.actor_user_id left join staff s on s.id = u.staff_id
     where x.kind = 'insured' and x.subject_id = $1 and e.kind in ('read', 'disclosed', 'output', 'refused')
       and e.at > $2::timestamptz - make_interval(days => ${READERS_DAYS})
     order by x.event_id desc limit 50`,
    [insuredId, clock.now()],
  )
  return rows.map(({ at, actor, kind, payload }) => {
    const content = contentOf(payload)
    return { at, actor, text: describeEvent(kind, content).summary, isRefused: kind === 'refused' }
  })
}
