import type { Static } from 'typebox'
import type { Sql, SqlValue } from '#db/database.ts'
import { decodeCursor, encodeCursor } from '#access/cursor.ts'
import { flowNames, stepNo } from '#tasklist/queries/task-list.ts'
import { STEP_CONTRACTS } from '#processes/contracts.generated.ts'
import type { RunSummary } from '../runs.schema.ts'

export type RunView = Static<typeof RunSummary>

interface Row {
  readonly id: string
  readonly number: string
  readonly flow: string
  readonly title: string
  readonly state: RunView['state']
  readonly outcome: string | null
  readonly step_id: string | null
  readonly is_stopped: boolean
  readonly started_by: string | null
  readonly created_at: string
  readonly finished_at: string | null
}

/** The newest step that is under way, else the newest that was done. */
const SELECT = `
  select r.id, r.number, r.flow, r.title, r.state, r.outcome, r.created_at, r.finished_at, s.name as started_by,
    (select sr.step_id from step_runs sr where sr.run_id = r.id order by (sr.state in ('open', 'failed')) desc, sr.created_at desc limit 1) as step_id,
    r.state = 'running' and (
      exists (select from trace_incidents i where i.epoch = r.epoch and i.process_instance_key = r.process_instance_key and i.resolved_at is null)
      or exists (select from step_runs sr where sr.run_id = r.id and sr.state = 'failed')) as is_stopped
  from runs r left join users u on u.id = r.started_by left join staff s on s.id = u.staff_id`

/** 処理の一覧, newest first. */
export async function listRuns(
  sql: Sql,
  request: {
    readonly flow?: string
    readonly state?: string
    readonly number?: string
    readonly limit: number
    readonly cursor?: string
    readonly offset: number
  },
): Promise<{ readonly items: RunView[]; readonly total: number; readonly nextCursor: string | null }> {
  const given: SqlValue[] = [request.flow ?? null, request.state ?? null, request.number ?? null]
  const where = `($1::text is null or r.flow = $1) and ($2::text is null or r.state = $2)
    and ($3::text is null or r.number = $3)`
  const { total } = await sql.one<{ total: number }>(`select count(*)::int as total from runs r where ${where}`, given)
  const [at, id] = request.cursor === undefined ? [null, null] : decodeCursor(request.cursor, 2)
  const rows = await sql.rows<Row>(
    `${SELECT} where ${where} and ($4::timestamptz is null or (r.created_at, r.id) < ($4, $5::uuid))
     order by r.created_at desc, r.id desc limit $6 offset $7`,
    [...given, at ?? null, id ?? null, request.limit + 1, request.offset],
  )
  const page = rows.slice(0, request.limit)
  const last = page.at(-1)
  return {
    items: page.map(toView),
    total,
    nextCursor: rows.length > request.limit && last ? encodeCursor([last.created_at, last.id]) : null,
  }
}

/** One run in a line, or null. */
export async function findRun(sql: Sql, runId: string): Promise<RunView | null> {
  const row = await sql.maybe<Row>(`${SELECT} where r.id = $1`, [runId])
  return row === null ? null : toView(row)
}

const STEPS: Readonly<Record<string, { readonly name: string }>> = STEP_CONTRACTS

const toView = (row: Row): RunView => ({
  runId: row.id,
  number: row.number,
  flow: row.flow,
  flowName: flowNames(row.flow).name,
  title: row.title,
  state: row.state,
  outcome: row.outcome,
  step: row.step_id === null ? null : stepNo(row.step_id),
  stepName: row.step_id === null ? null : (STEPS[row.step_id]?.name ?? row.step_id),
  isStopped: row.is_stopped,
  startedBy: row.started_by,
  createdAt: row.created_at,
  finishedAt: row.finished_at,
})
