import type { Static } from 'typebox'
import { Fault } from '#kernel/faults.ts'
import { plainDateOf } from '#kernel/plain-date.ts'
import { yenToJson } from '#kernel/yen.ts'
import { appendEvent } from '#audit/append.ts'
import { pageAt } from '#access/cursor.ts'
import type { Register } from '#access/route.ts'
import type { CurrentUser } from '#access/users.ts'
import type { Database, Tx } from '#db/database.ts'
import { actorOf } from '#runtime/actor.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import type { ReturnAct, ReturnedLetters } from '#runtime/returned-letters.ts'
import type { ReturnDetail, returnRoutes as table } from './returns.schema.ts'
import { listReturns, readReturn } from './queries/returns.ts'

type Detail = Static<typeof ReturnDetail>

/** 返戻・居所調査: the work list, one case, and what a person does with it. Every look is an event. */
export function returnRoutes(route: Register<typeof table>, deps: RuntimeDeps): void {
  route('GET /api/returns', ({ db, user, query }) =>
    db.tx(async (tx) => {
      const { limit = 50, offset = 0, state = 'open', reason = null, runId = null, insuredId = null } = query
      const filter = { state, reason, runId, insuredId, limit, offset }
      const { items, total, counts } = await listReturns(tx, filter, deps.clock.today())
      await look(
        tx,
        user,
        '返戻・居所調査',
        items.map((one) => one.insuredId),
      )
      const page = pageAt(offset, { items: items.map((item) => ({ ...item })), total })
      return { ...page, counts, at: deps.clock.now() }
    }),
  )
  route('GET /api/returns/:returnId', ({ db, user, params }) => detail(db, user, params.returnId))
  route('POST /api/returns/:returnId/disclose', ({ db, user, params, body }) =>
    db.tx(async (tx) => {
      const opened = await read(tx, user, params.returnId, true)
      await appendEvent(tx, {
        at: deps.clock.now(),
        kind: 'disclosed',
        actor: actorOf(user),
        subjects: [{ kind: 'insured', id: opened.insuredId }],
        payload: { reason: body.reason, fields: ['returnedLetter'] },
      })
      return opened
    }),
  )
  route('POST /api/notices/:noticeId/return', async ({ db, user, params, body }) => {
    const acts = await actsOfNotice(db, params.noticeId)
    const returnId = await acts.record(
      { ...deps, db },
      {
        noticeId: params.noticeId,
        returnedOn: plainDateOf(body.returnedOn),
        reason: body.reason,
        note: body.note ?? null,
        user,
      },
    )
    return detail(db, user, `${returnId}`)
  })
  route('POST /api/returns/:returnId/note', (call) => doAct(call, (acts, on, act) => acts.note(on, act)))
  route('POST /api/returns/:returnId/resend', (call) =>
    doAct(call, (acts, on, act) =>
      acts.resend(on, {
        ...act,
        resentOn: plainDateOf(call.body.resentOn),
        isSameAddressConfirmed: call.body.isSameAddressConfirmed ?? false,
      }),
    ),
  )
  route('POST /api/returns/:returnId/withdraw', (call) => doAct(call, (acts, on, act) => acts.withdraw(on, act)))
  route('POST /api/returns/:returnId/post', (call) =>
    doAct(call, (acts, on, act) => acts.post(on, { ...act, postedOn: plainDateOf(call.body.postedOn) })),
  )
  route('POST /api/returns/:returnId/end', (call) =>
    doAct(call, (acts, on, act) => acts.end(on, { ...act, reason: call.body.reason })),
  )

  interface ActCall {
    readonly db: Database
    readonly user: CurrentUser
    readonly params: { readonly returnId: string }
    readonly body: { readonly step: number; readonly note?: string }
  }

  async function doAct(
    { db, user, params, body }: ActCall,
    work: (acts: ReturnedLetters, on: RuntimeDeps, act: ReturnAct) => Promise<void>,
  ): Promise<Detail> {
    const acts = await actsOfCase(db, params.returnId)
    const act = { returnId: BigInt(params.returnId), step: body.step, note: body.note ?? null, user }
    await work(acts, { ...deps, db }, act)
    return detail(db, user, params.returnId)
  }

  const detail = (db: Database, user: CurrentUser, returnId: string): Promise<Detail> =>
    db.tx(async (tx) => {
      const found = await read(tx, user, returnId, false)
      await look(tx, user, '返戻の一件', [found.insuredId])
      return found
    })

  async function read(tx: Tx, user: CurrentUser, returnId: string, isDisclosed: boolean): Promise<Detail> {
    const today = deps.clock.today()
    const found = await readReturn(tx, returnId, { today, isDisclosed })
    if (found === null) throw new Fault('REQ-002')
    const { isMasked, steps, ...of } = found
    const acts = await actsOfCase(tx, returnId)
    // what a 再発送 would say points to the address: it is masked with the rest
    const plan = isMasked ? null : await acts.plan(deps, tx, BigInt(returnId), user)
    return {
      ...of,
      steps: steps.map((step) => ({ ...step })),
      plan: plan && { ...plan, printedYen: yenToJson(plan.printedYen), unpaidYen: yenToJson(plan.unpaidYen) },
      canDisclose: isMasked && user.roles.includes('kakaricho'),
      today,
    }
  }

  async function actsOfCase(sql: Pick<Database, 'maybe'>, returnId: string): Promise<ReturnedLetters> {
    const found = await sql.maybe<{ paper: string }>(`select paper from returned_letters where id = $1`, [returnId])
    if (found === null) throw new Fault('REQ-002')
    return actsOf(({ papers }) => papers.includes(found.paper))
  }

  async function actsOfNotice(sql: Pick<Database, 'maybe'>, noticeId: string): Promise<ReturnedLetters> {
    const found = await sql.maybe<{ kind: string }>(`select kind from notices where id = $1`, [noticeId])
    if (found === null) throw new Fault('REQ-002')
    return actsOf(({ papers }) => papers.includes(found.kind))
  }

  function actsOf(isOf: (acts: ReturnedLetters) => boolean): ReturnedLetters {
    for (const { returnedLetters } of deps.registry.flows)
      if (returnedLetters !== undefined && isOf(returnedLetters)) return returnedLetters
    throw new Fault('REQ-002')
  }

  const look = (tx: Tx, user: CurrentUser, what: string, ids: readonly string[]): Promise<bigint> =>
    appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'read',
      actor: actorOf(user),
      subjects: [...new Set(ids)].map((id) => ({ kind: 'insured', id })),
      payload: { what, count: ids.length },
    })
}
