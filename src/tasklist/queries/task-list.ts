import type { Static } from 'typebox'
import type { PlainDate } from '#kernel/plain-date.ts'
import { yenToJson } from '#kernel/yen.ts'
import type { Sql, SqlValue } from '#db/database.ts'
import { decodeCursor, encodeCursor } from '#access/cursor.ts'
import { FLOW_CONTRACTS, STEP_CONTRACTS } from '#processes/contracts.generated.ts'
import type { Deadlines } from '../deadline.ts'
import type { Task } from '../tasks.schema.ts'
import { TASK_FROM, whereOf, type TaskFilter, type Viewer } from './task-sql.ts'

export type TaskView = Static<typeof Task>

/** Sort keys without nulls, so that a page mark can be compared. */
const SORT_KEYS = {
  dueOn: { sql: `coalesce(t.due_on, date '9999-12-31')`, type: 'date' },
  runNumber: { sql: `coalesce(r.number, '')`, type: 'text' },
  step: { sql: 't.step_id', type: 'text' },
  count: { sql: 'coalesce(w.row_count, 0)', type: 'bigint' },
  yen: {
    sql: `coalesce((select sum(yen) from worksheet_rows x where x.worksheet_id = t.worksheet_id), 0)::bigint`,
    type: 'bigint',
  },
  createdAt: { sql: 't.created_at', type: 'timestamptz' },
} as const
type SortKey = keyof typeof SORT_KEYS

const SELECT = `
  select t.id, t.flow, t.step_id, t.name, t.run_id, r.number, r.title, t.state, t.proposed_by is not null as is_proposed,
    coalesce(sr.round, 1) > 1 as is_returned, t.is_urgent, t.candidate_role, t.assignee, au.login, a.name as assignee_name,
    t.claimed_at, t.due_on, w.row_count,
    (select sum(yen)::bigint from worksheet_rows x where x.worksheet_id = t.worksheet_id) as yen, t.created_at`

interface Row {
  readonly id: string
  readonly flow: string
  readonly step_id: string
  readonly name: string
  readonly run_id: string | null
  readonly number: string | null
  readonly title: string | null
  readonly state: TaskView['state']
  readonly is_proposed: boolean
  readonly is_returned: boolean
  readonly is_urgent: boolean
  readonly candidate_role: string
  readonly assignee: bigint | null
  readonly login: string | null
  readonly assignee_name: string | null
  readonly claimed_at: string | null
  readonly due_on: PlainDate | null
  readonly row_count: bigint | null
  readonly yen: bigint | null
  readonly created_at: string
  readonly sort_key: string
}

export interface TaskRequest {
  readonly filter: TaskFilter
  readonly sort?: string
  readonly limit: number
  readonly cursor?: string
  readonly offset?: number
}

/** A page of 作業一覧 with the number of all that fit. */
export async function listTasks(
  sql: Sql,
  viewer: Viewer,
  deadlines: Deadlines,
  request: TaskRequest,
): Promise<{ readonly items: TaskView[]; readonly total: number; readonly nextCursor: string | null }> {
  const sort = request.sort ?? 'dueOn'
  const isDescending = sort.startsWith('-')
  const key = SORT_KEYS[(isDescending ? sort.slice(1) : sort) as SortKey] // the schema lists these
  const where = whereOf(request.filter, viewer, deadlines)
  const { total } = await sql.one<{ total: number }>(
    `select count(*)::int as total from ${TASK_FROM} where ${where.sql}`,
    where.params,
  )
  const params: SqlValue[] = [...where.params]
  const place = (value: SqlValue): string => `$${params.push(value)}`
  const after = request.cursor === undefined ? '' : afterSql(request.cursor, key, isDescending, place)
  const direction = isDescending ? 'desc' : 'asc'
  const rows = await sql.rows<Row>(
    // The page first, by as few tables as it needs; what is beside a task is joined to its few rows.
    `with page as materialized (
       select t.id, ${key.sql} as sort_value from ${TASK_FROM} where ${where.sql} ${after}
       order by ${key.sql} ${direction}, t.id ${direction} limit ${place(request.limit + 1)} offset ${place(request.offset ?? 0)})
     ${SELECT}, page.sort_value::text as sort_key from ${TASK_FROM} join page on page.id = t.id
     order by page.sort_value ${direction}, t.id ${direction}`,
    params,
  )
  const page = rows.slice(0, request.limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => toView(row, viewer, deadlines)),
    total,
    nextCursor: rows.length > request.limit && last ? encodeCursor([last.sort_key, last.id]) : null,
  }
}

function afterSql(
  cursor: string,
  key: (typeof SORT_KEYS)[SortKey],
  isDescending: boolean,
  place: (value: SqlValue) => string,
): string {
  const [value, id] = decodeCursor(cursor, 2)
  return `and (${key.sql}, t.id) ${isDescending ? '<' : '>'} (${place(String(value))}::${key.type}, ${place(String(id))}::uuid)`
}

/** One task, whatever its state, or null. */
export async function findTask(sql: Sql, viewer: Viewer, deadlines: Deadlines, id: string): Promise<TaskView | null> {
  const row = await sql.maybe<Row>(`${SELECT}, '' as sort_key from ${TASK_FROM} where t.id = $1`, [id])
  return row === null ? null : toView(row, viewer, deadlines)
}

const flowText = (flow: string): { readonly number: string; readonly name: string } => {
  const name: string = (FLOW_CONTRACTS as Readonly<Record<string, { readonly name: string }>>)[flow]?.name ?? flow
  const space = name.indexOf(' ')
  return space < 0 ? { number: '', name } : { number: name.slice(0, space), name: name.slice(space + 1) }
}
/** 「5.2」 and 「督促」 of a flow. */
export const flowNames = flowText

/** 「002」 of a step id; 「E2」 of an unnumbered work. */
export const stepNo = (stepId: string): string =>
  (STEP_CONTRACTS as Readonly<Record<string, { readonly no: string }>>)[stepId]?.no ??
  (/\/([^-]+)-/.exec(stepId)?.[1] ?? stepId).toUpperCase()

/** Decisions a step offers, in the order of its form. */
const decisionsOf = (stepId: string): string[] =>
  (
    (STEP_CONTRACTS as Readonly<Record<string, { readonly decisions?: readonly { readonly value: string }[] }>>)[stepId]
      ?.decisions ?? []
  ).map(({ value }) => value)

function toView(row: Row, { user }: Viewer, deadlines: Deadlines): TaskView {
  const { number, name } = flowText(row.flow)
  const waitsUntil = ['completing', 'completed', 'cancelled'].includes(row.state) ? null : row.due_on // what is over is not late
  return {
    taskId: row.id,
    flow: row.flow,
    flowNumber: number,
    flowName: name,
    step: stepNo(row.step_id),
    name: row.name,
    runId: row.run_id,
    runNumber: row.number,
    runTitle: row.title,
    state: row.state,
    isProposed: row.is_proposed,
    isReturned: row.is_returned,
    isUrgent: row.is_urgent,
    role: row.candidate_role,
    assignee:
      row.assignee === null
        ? null
        : { login: row.login ?? '', name: row.assignee_name ?? '', isMe: row.assignee === user.userId },
    claimedAt: row.claimed_at,
    dueOn: row.due_on,
    daysLeft: waitsUntil === null ? null : deadlines.daysLeft(waitsUntil),
    urgency: deadlines.urgencyOf(waitsUntil),
    count: row.row_count === null ? null : Number(row.row_count),
    yen: row.yen === null ? null : yenToJson(row.yen),
    decisions: decisionsOf(row.step_id),
    createdAt: row.created_at,
  }
}
