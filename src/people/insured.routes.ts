import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import type { Clock } from '#kernel/clock.ts'
import { pageAt } from '#access/cursor.ts'
import type { Register } from '#access/route.ts'
import type { CurrentUser } from '#access/users.ts'
import type { Tx } from '#db/database.ts'
import { actorOf } from '#runtime/actor.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import type { InsuredDetail, insuredRoutes as table } from './insured.schema.ts'
import { judgementsOf, JUDGEMENTS_PAGE } from './queries/judgements.ts'
import { movementsOf, MOVEMENTS_PAGE } from './queries/movements.ts'
import { insuredOverview, isProtectedInsured, type InsuredOverview } from './queries/overview.ts'
import type { WordsOf } from './queries/papers.ts'
import { readersOf, READERS_PAGE } from './queries/readers.ts'
import { searchInsured } from './queries/search.ts'
import type { Static } from 'typebox'

type Detail = Static<typeof InsuredDetail>
/** Fields that 理由を書いて開く opens, all at once, of one person. */
const DISCLOSED = ['address', 'postalCode', 'phone', 'household', 'deliveries', 'movedOutOn', 'paymentPlace'] as const

interface Deps {
  readonly clock: Clock
  readonly registry: Pick<RuntimeDeps['registry'], 'flow'>
}

/** 被保険者照会. Every look is an event in the transaction of the reading: without it nothing is shown. */
export function insuredRoutes(route: Register<typeof table>, deps: Deps): void {
  const wordsOf: WordsOf = (flow) => deps.registry.flow(flow).words
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
  route('GET /api/insured/:insuredId/movements', ({ db, user, params: { insuredId }, query }) =>
    db.tx(async (tx) => {
      const isMasked = await isProtectedOrGone(tx, insuredId)
      await read(tx, user, 'お金の動き', [insuredId])
      const { limit = MOVEMENTS_PAGE, offset = 0 } = query
      return pageAt(offset, await movementsOf(tx, BigInt(insuredId), { isMasked, limit, offset }))
    }),
  )
  route('GET /api/insured/:insuredId/judgements', ({ db, user, params: { insuredId }, query }) =>
    db.tx(async (tx) => {
      await isProtectedOrGone(tx, insuredId)
      await read(tx, user, '一覧での判定', [insuredId])
      const { limit = JUDGEMENTS_PAGE, offset = 0 } = query
      return pageAt(offset, await judgementsOf(tx, BigInt(insuredId), { wordsOf, limit, offset }))
    }),
  )
  route('GET /api/insured/:insuredId/readers', ({ db, user, params: { insuredId }, query }) =>
    db.tx(async (tx) => {
      await isProtectedOrGone(tx, insuredId)
      await read(tx, user, 'この人を見た人', [insuredId])
      const { limit = READERS_PAGE, offset = 0, upTo } = query
      const page = { now: deps.clock.now(), limit, offset, ...(upTo === undefined ? {} : { upTo }) }
      return pageAt(offset, await readersOf(tx, insuredId, page))
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

  async function isProtectedOrGone(tx: Tx, insuredId: string): Promise<boolean> {
    const isProtected = await isProtectedInsured(tx, BigInt(insuredId), deps.clock.today())
    if (isProtected === null) throw new Fault('REQ-002')
    return isProtected
  }

  async function overviewOf(tx: Tx, insuredId: string, isDisclosed: boolean): Promise<InsuredOverview> {
    const overview = await insuredOverview(tx, BigInt(insuredId), {
      today: deps.clock.today(),
      isDisclosed,
      wordsOf,
    })
    if (overview === null) throw new Fault('REQ-002')
    return overview
  }

  async function detail(tx: Tx, overview: InsuredOverview, user: CurrentUser): Promise<Detail> {
    const readers = await readersOf(tx, overview.insuredId, { now: deps.clock.now() })
    return {
      ...(structuredClone(overview) as unknown as Omit<Detail, 'readers' | 'readerTotal' | 'canDisclose' | 'at'>), // same fields, readonly
      readers: readers.items,
      readerTotal: readers.total,
      canDisclose: overview.isProtected && user.roles.includes('kakaricho'),
      at: deps.clock.now(),
    }
  }
}
