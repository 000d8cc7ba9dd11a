import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { appendEvent } from '#audit/append.ts'
import type { AuditEvent } from '#audit/events.ts'
import type { Register } from '#access/route.ts'
import type { CurrentUser } from '#access/users.ts'
import type { Database, Tx } from '#db/database.ts'
import { actorOf } from '#runtime/actor.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import type { FlowDefinition } from '#runtime/flow.ts'
import type { Mark } from '#runtime/human-context.ts'
import { acceptAllProposals, markRows } from '#runtime/human.ts'
import type { WorksheetKind } from '#runtime/worksheet/kind.ts'
import type { MarkTarget } from '#runtime/worksheet/marks.ts'
import { pinRow } from '#runtime/worksheet/pins.ts'
import type { WorksheetFilter } from '#runtime/worksheet/facets.ts'
import { breakdownsOf } from '#runtime/worksheet/breakdown.ts'
import { openSheet, showRows, totalsOf } from '#runtime/worksheet/read.ts'
import { taskFacts } from './queries/task-facts.ts'
import { chosenColumns, outputColumns } from './output/columns.ts'
import { csvStream } from './output/csv.ts'
import type { CsvEncoding } from './output/csv-text.ts'
import { printList } from './output/print.ts'
import { breakdownView, totalsView, worksheetPage } from './queries/worksheet-view.ts'
import { hideColumns } from './queries/hidden-columns.ts'
import { filterFor, parseFilter, sortFor } from './worksheet-filter.ts'
import type { worksheetRoutes as table } from './worksheet.schema.ts'

interface Sheet {
  readonly flow: FlowDefinition
  readonly kind: WorksheetKind
  readonly worksheetId: bigint
  readonly runId: string
}
interface Asked {
  readonly filter: WorksheetFilter
  readonly sort: string | undefined
  readonly limit?: number
  readonly cursor?: string
  readonly offset?: number
}

/** 確認の一覧: pages, CSV, marks. Whoever reads a list leaves one read event with the persons on it. */
export function worksheetRoutes(route: Register<typeof table>, deps: RuntimeDeps): void {
  route('GET /api/tasks/:taskId/worksheet', ({ db, user, params, query }) =>
    page(db, user, params.taskId, { ...query, filter: parseFilter(query.filter), sort: query.sort }),
  )
  route(
    'POST /api/tasks/:taskId/worksheet/search',
    ({ db, user, params, body }) =>
      page(db, user, params.taskId, { ...body, filter: body.filter as WorksheetFilter, sort: body.sort }), // dates were checked
  )
  route('GET /api/tasks/:taskId/worksheet.csv', async ({ db, user, params, query, reply }) => {
    const sheet = await sheetOf(db, params.taskId)
    const { flow, kind, worksheetId } = sheet
    const encoding: CsvEncoding = query.encoding ?? 'utf-8'
    const columns = chosenColumns(outputColumns(flow, kind), query.columns)
    const csv = await csvStream(
      db,
      {
        flow,
        kind,
        worksheetId,
        filter: filterFor(kind, parseFilter(query.filter)),
        sort: sortFor(kind, query.sort),
        columns,
        encoding,
        keepsZeros: query.zeros === 'excel',
        today: deps.clock.today(),
      },
      ({ count, omitted, part, parts, insuredIds }) =>
        db.tx((tx) =>
          tellOutput(tx, user, params.taskId, sheet, insuredIds, {
            what: 'CSV 確認の一覧',
            count,
            omitted,
            detail: { columns: columns.map(({ name }) => name), encoding, part, parts },
          }),
        ),
    )
    void reply
      .type(`text/csv; charset=${encoding === 'utf-8' ? 'utf-8' : 'Shift_JIS'}`)
      .header('content-disposition', `attachment; filename="worksheet-${worksheetId}.csv"`)
    return csv
  })
  route('POST /api/tasks/:taskId/worksheet/print', ({ db, user, params, body }) =>
    db.tx(async (tx) => {
      const sheet = await sheetOf(tx, params.taskId)
      const asked = {
        worksheetId: sheet.worksheetId,
        filter: filterFor(sheet.kind, (body.filter ?? {}) as WorksheetFilter), // dates were checked
        sort: sortFor(sheet.kind, body.sort),
        today: deps.clock.today(),
      }
      const list = await printList(tx, sheet, asked)
      await tellOutput(tx, user, params.taskId, sheet, list.insuredIds, {
        what: '印刷 確認の一覧',
        count: list.page.rows.length,
        omitted: list.page.omitted,
      })
      return { ...list.page, printedBy: user.name, printedAt: deps.clock.now(), terminal: user.terminal }
    }),
  )
  route('POST /api/tasks/:taskId/worksheet/breakdown', ({ db, user, params, body }) =>
    db.tx(async (tx) => {
      const sheet = await sheetOf(tx, params.taskId)
      const filter = filterFor(sheet.kind, (body.filter ?? {}) as WorksheetFilter) // dates were checked
      const asked = { worksheetId: sheet.worksheetId, filter, today: deps.clock.today() }
      const tables = await breakdownsOf(tx, sheet.kind, asked)
      await tellRead(tx, user, params.taskId, sheet, [], '確認の一覧の内訳')
      return { items: breakdownView(sheet.flow, tables) }
    }),
  )
  route('POST /api/tasks/:taskId/pins', async ({ db, user, params, body }) => ({
    pins: [...(await pinRow({ ...deps, db }, { taskId: params.taskId, user, ...body }))],
  }))
  route('PUT /api/sheets/:kind/columns', async ({ db, user, params, body }) => {
    await hideColumns(db, user.userId, params.kind, body.hidden)
    return { hidden: body.hidden }
  })
  route('POST /api/tasks/:taskId/marks', async ({ db, user, params, body }) => {
    const { kind } = await sheetOf(db, params.taskId)
    const mark: Mark = {
      action: body.action,
      reason: body.reason ?? null,
      note: body.note ?? null,
      followUpOn: (body.followUpOn ?? null) as PlainDate | null, // the schema's date format
    }
    const target: MarkTarget = Array.isArray(body.rows)
      ? { rows: body.rows }
      : { filter: filterFor(kind, body.rows.filter as WorksheetFilter), hash: body.rows.hash } // dates were checked
    const version = body.version ?? null
    const count = await markRows({ ...deps, db }, { taskId: params.taskId, user, version, target, mark })
    return { count, ...(await state(db, params.taskId)) }
  })
  route('POST /api/tasks/:taskId/proposals/accept', async ({ db, user, params }) => {
    const count = await acceptAllProposals({ ...deps, db }, { taskId: params.taskId, user })
    return { count, ...(await state(db, params.taskId)) }
  })

  async function sheetOf(sql: Database | Tx, taskId: string): Promise<Sheet> {
    const { flow: id, stepId, worksheetId, runId } = await taskFacts(sql, taskId)
    const step = deps.registry.human(stepId)
    if (step.worksheet === null || worksheetId === null) throw new Fault('REQ-002')
    return { flow: deps.registry.flow(id), kind: deps.registry.worksheet(id, step.worksheet), worksheetId, runId }
  }

  const request = ({ kind, worksheetId }: Sheet, asked: Asked, limit: number, offset: number) => ({
    worksheetId,
    filter: filterFor(kind, asked.filter),
    sort: sortFor(kind, asked.sort),
    limit,
    offset,
    today: deps.clock.today(),
  })

  const page = (db: Database, user: CurrentUser, taskId: string, asked: Asked) =>
    db.tx(async (tx) => {
      const sheet = await sheetOf(tx, taskId)
      const offset = asked.cursor === undefined ? (asked.offset ?? 0) : offsetOf(asked.cursor)
      const read = await worksheetPage(tx, sheet.flow, sheet.kind, request(sheet, asked, asked.limit ?? 50, offset))
      await tellRead(tx, user, taskId, sheet, read.insuredIds)
      return read.page
    })

  const tellRead = (
    tx: Tx,
    user: CurrentUser,
    taskId: string,
    sheet: Sheet,
    insuredIds: readonly bigint[],
    what = '確認の一覧',
  ) =>
    appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'read',
      actor: actorOf(user),
      runId: sheet.runId,
      taskId,
      subjects: insuredIds.map((id) => ({ kind: 'insured', id: `${id}` })),
      payload: { what, count: insuredIds.length },
    })

  const state = (db: Database, taskId: string) =>
    db.tx(async (tx) => {
      const { kind, worksheetId } = await sheetOf(tx, taskId)
      const sheet = await openSheet(tx, kind, worksheetId)
      const totals = await totalsOf(tx, sheet, await showRows(tx, sheet, {}))
      return { hash: sheet.standing.hash, overall: totalsView(totals) }
    })

  const tellOutput = (
    tx: Tx,
    user: CurrentUser,
    taskId: string,
    sheet: Sheet,
    insuredIds: readonly (number | bigint)[],
    payload: Extract<AuditEvent, { kind: 'output' }>['payload'],
  ) =>
    appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'output',
      actor: actorOf(user),
      runId: sheet.runId,
      taskId,
      subjects: insuredIds.map((id) => ({ kind: 'insured', id: `${id}` })),
      payload,
    })
}

function offsetOf(cursor: string): number {
  if (!/^\d{1,9}$/.test(cursor)) throw new Fault('REQ-001', { detail: 'cursor 前の頁の値を使ってください。' })
  return Number(cursor)
}
