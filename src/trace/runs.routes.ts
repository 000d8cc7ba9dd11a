import type { FastifyReply } from 'fastify'
import { Fault } from '#kernel/faults.ts'
import { plainDateOf } from '#kernel/plain-date.ts'
import { appendEvent } from '#audit/append.ts'
import { isAllowed } from '#access/rights.ts'
import type { Register } from '#access/route.ts'
import type { CurrentUser } from '#access/users.ts'
import type { Database, Sql } from '#db/database.ts'
import { municipalityName } from '#notices/read-settings.ts'
import { actorOf } from '#runtime/actor.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import type { RunPlan } from '#runtime/flow.ts'
import type { ReportByHand } from '#runtime/report.ts'
import { checkRun } from '#runtime/check-run.ts'
import { cancelRun, startRun } from '#runtime/runs.ts'
import { violations } from '#runtime/validate.ts'
import { flowNames, stepNo } from '#tasklist/queries/task-list.ts'
import { isShown } from './element-names.ts'
import { evidencePage } from './evidence/evidence-page.ts'
import { runFacts } from './evidence/facts.ts'
import { runDetail } from './queries/run-detail.ts'
import { findRun, listRuns } from './queries/run-list.ts'
import { documentsOf, filesOf, noticesOf } from './queries/run-papers.ts'
import type { runRoutes as table } from './runs.schema.ts'

/** Names of the file kinds, by kind: the composition root knows the profiles. */
export type KindLabels = (kind: string) => string

/** 処理: start, progress, results, cancel. */
export function runRoutes(route: Register<typeof table>, deps: RuntimeDeps, labelOf: KindLabels): void {
  route('GET /api/flows', async ({ user }) => ({
    items: deps.registry.flows
      .filter(({ flow }) => isShown(flow))
      .map((flow) => ({
        flow: flow.flow,
        ...flowNames(flow.flow),
        canStart: isAllowed('POST /api/runs', user.roles),
        form: structuredClone(flow.params) as unknown as Record<string, unknown>, // a TypeBox schema is a JSON schema
        steps: flow.steps.map(({ id, officialName, shape }) => ({
          step: stepNo(id),
          name: officialName,
          kind: shape === 'human' ? ('human' as const) : ('auto' as const),
        })),
      })),
  }))
  route('GET /api/flows/:flow/defaults', async ({ db, params, query }) => {
    const flow = deps.registry.flow(params.flow)
    const hint = hintOf(query as Readonly<Record<string, string>>) // texts only, by the schema
    const wrong = violations(flow.params, hint)
    if (wrong.length > 0) throw new Fault('REQ-001', { detail: wrong.join('; ') })
    return { params: { ...(await flow.defaults(db, deps.clock, hint)) } }
  })
  route('POST /api/runs/check', async ({ db, body }) => {
    const checked = await check(db, body.flow, body.params)
    return { ...checked, files: await latestFiles(db) }
  })
  route('POST /api/runs', async ({ db, user, body }) => {
    const { runId, number } = await startRun({ ...deps, db }, { flow: body.flow, params: body.params, user })
    return { runId, number }
  })
  route('GET /api/runs', ({ db, query }) => {
    const { limit = 50, offset = 0, flow, state, number, cursor } = query
    return listRuns(db, {
      limit,
      offset,
      ...(flow === undefined ? {} : { flow }),
      ...(state === undefined ? {} : { state }),
      ...(number === undefined ? {} : { number }),
      ...(cursor === undefined ? {} : { cursor }),
    })
  })
  route('GET /api/runs/:runId', ({ db, user, params }) => runDetail(db, deps, params.runId, user))
  route('GET /api/runs/:runId/check', ({ db, user, params }) => balance(db, user, params.runId))
  route('GET /api/runs/:runId/evidence', ({ db, user, params, reply }) => evidence(db, user, params.runId, reply))
  route('POST /api/runs/:runId/cancel', async ({ db, user, params, body }) => {
    await cancelRun({ ...deps, db }, { runId: params.runId, reason: body.reason, user })
    return { runId: params.runId, state: 'cancelled' as const }
  })
  route('POST /api/runs/:runId/report', async ({ user, params }) => {
    await (await reportOf(params.runId)).remake(deps, { runId: params.runId, user })
    return { runId: params.runId }
  })
  route('POST /api/runs/:runId/report/sent', async ({ user, params, body }) => {
    const { sentOn, receiptNo = null, ...sent } = body
    const act = { ...sent, receiptNo, sentOn: plainDateOf(sentOn), runId: params.runId, user }
    await (await reportOf(params.runId)).recordSent(deps, act)
    return { runId: params.runId }
  })
  route('POST /api/runs/:runId/files/:fileId/sheet', ({ db, user, params: { runId, fileId } }) =>
    db.tx(async (tx) => {
      const run = await findRun(tx, runId)
      if (run === null) throw new Fault('RUN-001')
      const file = (await filesOf(tx, runId)).find((one) => one.fileId === fileId)
      if (file === undefined) throw new Fault('REQ-002')
      const actor = actorOf(user)
      await appendEvent(tx, {
        at: deps.clock.now(),
        kind: 'output',
        actor,
        runId,
        subjects: [{ kind: 'file', id: fileId }],
        payload: { what: '送付票', count: 1 },
      })
      return {
        municipality: await municipalityName(tx),
        runNumber: run.number,
        runTitle: run.title,
        kindLabel: labelOf(file.kind),
        file,
        printedBy: user.name,
        printedAt: deps.clock.now(),
        terminal: actor.terminal,
      }
    }),
  )
  route('GET /api/runs/:runId/notices', ({ db, user, params, query }) =>
    db.tx(async (tx) => {
      const { limit = 50, offset = 0, cursor, ...filter } = query
      if (cursor !== undefined && !/^\d{1,9}$/.test(cursor))
        throw new Fault('REQ-001', { detail: 'cursor 前の頁の値を使ってください。' })
      const request = { limit, offset, after: BigInt(cursor ?? '0'), ...filter }
      const found = await noticesOf(tx, params.runId, request, deps.clock.today())
      await appendEvent(tx, {
        at: deps.clock.now(),
        kind: 'read',
        actor: actorOf(user),
        runId: params.runId,
        subjects: [...new Set(found.items.map(({ insuredId }) => insuredId))].map((id) => ({ kind: 'insured', id })),
        payload: { what: '処理の通知', count: found.items.length },
      })
      return found
    }),
  )

  /** 検算 of a run: looked at in a snapshot, told as a reading. */
  async function balance(db: Database, user: CurrentUser, runId: string) {
    const run = await findRun(db, runId)
    if (run === null) throw new Fault('RUN-001')
    const items = await checkRun(db, deps.registry.flow(run.flow).invariants ?? [], runId, deps.clock.today())
    const broken = items.filter(({ count }) => count > 0).length
    await db.tx((tx) =>
      appendEvent(tx, {
        at: deps.clock.now(),
        kind: 'read',
        actor: actorOf(user),
        runId,
        payload: { what: '検算', count: broken },
      }),
    )
    return { items: items.map((one) => ({ ...one, examples: [...one.examples] })), broken, at: deps.clock.now() }
  }

  /** 証拠一式: told as an output first, so that the pack holds its own making, too. */
  async function evidence(db: Database, user: CurrentUser, runId: string, reply: FastifyReply): Promise<string> {
    const run = await findRun(db, runId)
    if (run === null) throw new Fault('RUN-001')
    const flow = deps.registry.flow(run.flow)
    const today = deps.clock.today()
    const checks = await checkRun(db, flow.invariants ?? [], runId, today)
    const actor = actorOf(user)
    const at = deps.clock.now()
    const html = await db.tx(async (tx) => {
      await tx.run('set transaction isolation level repeatable read')
      await appendEvent(tx, { at, kind: 'output', actor, runId, payload: { what: '証拠一式', count: 1 } })
      return evidencePage({
        facts: await runFacts(tx, runId, today),
        flow,
        checks,
        documents: await documentsOf(tx, runId),
        files: await filesOf(tx, runId),
        made: { at, by: user.name, terminal: actor.terminal },
      })
    })
    void reply
      .type('text/html; charset=utf-8')
      .header('content-disposition', `attachment; filename="koki-evidence-${run.number}.html"`)
    return html
  }

  async function reportOf(runId: string): Promise<ReportByHand> {
    const run = await deps.db.maybe<{ flow: string }>(`select flow from runs where id = $1`, [runId])
    if (run === null) throw new Fault('RUN-001')
    const { report } = deps.registry.flow(run.flow)
    if (report === undefined) throw new Fault('REQ-002')
    return report
  }

  /** 始める前の確認: the run's plan, made and taken back; a refusal is a result here. */
  async function check(db: Database, id: string, params: Readonly<Record<string, unknown>>) {
    const flow = deps.registry.flow(id)
    const wrong = violations(flow.params, params)
    if (wrong.length > 0) throw new Fault('TASK-007', { detail: wrong.join('; ') })
    try {
      const plan = await db.tx<RunPlan>((tx) => flow.plan(params, tx, deps.clock))
      return {
        title: plan.title,
        params: { ...plan.params },
        variables: { ...plan.variables },
        problem: null,
        cautions: (plan.cautions ?? []).map((caution) => ({ ...caution })),
      }
    } catch (error) {
      if (!(error instanceof Fault) || error.entry.kind === 'defect') throw error
      const { code, message, next } = error
      return { title: null, params: { ...params }, variables: {}, problem: { code, message, next }, cautions: [] }
    }
  }

  /** The newest accepted file of each kind: what the run would count on. */
  async function latestFiles(sql: Sql) {
    const rows = await sql.rows<{
      fileId: string
      kind: string
      name: string
      receivedAt: string
      lineCount: bigint | null
      accepted: bigint | null
      rejected: bigint | null
    }>(
      `select distinct on (kind) id as "fileId", kind, name, received_at as "receivedAt", line_count as "lineCount",
         accepted_count as accepted, rejected_count as rejected
       from files where direction = 'in' and state = 'accepted' order by kind, received_at desc, id`,
    )
    const number = (value: bigint | null): number | null => (value === null ? null : Number(value))
    return rows.map((row) => ({
      ...row,
      label: labelOf(row.kind),
      lineCount: number(row.lineCount),
      accepted: number(row.accepted),
      rejected: number(row.rejected),
    }))
  }
}

/** Texts of an address as a flow takes them: true and false are no texts. */
const hintOf = (query: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, value === 'true' ? true : value === 'false' ? false : value]),
  )
