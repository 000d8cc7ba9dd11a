import type { Static } from 'typebox'
import type { PlainDate } from '#kernel/plain-date.ts'
import { yenToJson } from '#kernel/yen.ts'
import type { Sql, SqlValue } from '#db/database.ts'
import { prepared } from '#db/prepared.ts'
import { decodeCursor, encodeCursor } from '#access/cursor.ts'
import { FLOW_CONTRACTS, STEP_CONTRACTS } from '#processes/contracts.generated.ts'
import type { Deadlines } from '../deadline.ts'
import type { Task } from '../tasks.schema.ts'
import { NO_DEADLINE, whereOf, type Place, type TaskFilter } from './task-sql.ts'
import type { AskPeople, Present, TaskPeople } from './task-people.ts'
import type { Viewer } from './viewer.ts'

export type TaskView = Static<typeof Task>

/** Columns of `task_list` to sort by: none is null, and each has an index with the id behind it. */
const SORT_KEYS = {
  dueOn: { column: 'due_on', type: 'date' },
  runNumber: { column: 'run_number', type: 'text' },
  step: { column: 'step_id', type: 'text' },
  count: { column: 'row_count', type: 'bigint' },
  yen: { column: 'yen', type: 'bigint' },
  createdAt: { column: 'created_at', type: 'timestamptz' },
} as const
type SortKey = keyof typeof SORT_KEYS

const SELECT = `
  select t.task_id, t.flow, t.step_id, t.name, t.run_id, t.run_number, t.title, t.state, t.proposed_by is not null as is_proposed,
    t.is_returned, t.is_urgent, t.candidate_role, t.assignee, t.claimed_at, nullif(t.due_on, '${NO_DEADLINE}') as due_on,
    t.follow_up_on, t.fiscal_year, t.levy_due_on, t.worksheet_id, t.row_count, t.yen, t.created_at`

interface Row {
  readonly task_id: string
  readonly flow: string
  readonly step_id: string
  readonly name: string
  readonly run_id: string | null
  readonly run_number: string
  readonly title: string | null
  readonly state: TaskView['state']
  readonly is_proposed: boolean
  readonly is_returned: boolean
  readonly is_urgent: boolean
  readonly candidate_role: string
  readonly assignee: bigint | null
  readonly claimed_at: string | null
  readonly due_on: PlainDate | null
  readonly follow_up_on: PlainDate | null
  readonly fiscal_year: number | null
  readonly levy_due_on: PlainDate | null
  readonly worksheet_id: bigint | null
  readonly row_count: bigint
  readonly yen: bigint
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

/** What every look at tasks needs: whose eyes, 開庁日, the instant, and whom to ask for the people of a line. */
export interface Look {
  readonly viewer: Viewer
  readonly deadlines: Deadlines
  /** 最新性 in ms, from before anything is read. */
  readonly ageMs: number | null
  readonly now: string
  readonly askPeople: AskPeople
}

/** A page of 作業一覧. */
export interface TaskPage {
  readonly items: TaskView[]
  /** Where the next page begins; null on the last one. */
  readonly nextCursor: string | null
}

/** A page of many tasks: a walk along one index. */
export async function listTasks(sql: Sql, look: Look, request: TaskRequest): Promise<TaskPage> {
  const { params, where, order, after, limit, sortKey } = partsOf(look, request)
  const rows = await sql.rows<Row>(
    prepared(`${SELECT}, ${sortKey} from task_list t where ${where} ${after} ${order} ${limit}`),
    params,
  )
  return pageOf(rows, look, request)
}

/**
 * A page of few tasks and how many they are, in one question: they are gathered whole and sorted, because a walk along the
 * index of an order would pass by thousands that do not fit. Null when there are more than `upTo`.
 */
export async function gatherTasks(
  sql: Sql,
  look: Look,
  request: TaskRequest,
  upTo: number,
): Promise<(TaskPage & { readonly total: number }) | null> {
  const { params, where, order, after, limit, key, sortKey } = partsOf(look, request)
  const isBounded = Number.isFinite(upTo)
  const rows = await sql.rows<(Row | { readonly task_id: null }) & { readonly total: number }>(
    prepared(`with found as materialized (
       select t.task_id, t.${key.column} from task_list t where ${where} ${isBounded ? `limit ${upTo + 1}` : ''}),
     counted as materialized (select count(*)::int as total from found),
     page as materialized (select t.task_id from found t
       where ${isBounded ? `(select total from counted) <= ${upTo}` : 'true'} ${after} ${order} ${limit})
     ${SELECT}, ${sortKey}, counted.total from counted left join (page join task_list t using (task_id)) on true ${order}`),
    params,
  )
  const total = rows[0]?.total ?? 0 // the count is always there
  if (total > upTo) return null
  const listed = rows.filter((row) => row.task_id !== null)
  return { ...(await pageOf(listed, look, request)), total }
}

/** What a request says, as the parts of a statement over `t`. */
function partsOf(look: Look, { filter, sort = 'dueOn', limit, offset = 0, cursor }: TaskRequest) {
  const isDescending = sort.startsWith('-')
  const key = SORT_KEYS[(isDescending ? sort.slice(1) : sort) as SortKey] // the schema lists these
  const direction = isDescending ? 'desc' : 'asc'
  const params: SqlValue[] = []
  const place: Place = (value) => `$${params.push(value)}`
  return {
    params,
    key,
    where: whereOf(filter, look.viewer, look.deadlines, place),
    after: cursor === undefined ? '' : afterSql(cursor, key, isDescending, place),
    order: `order by t.${key.column} ${direction}, t.task_id ${direction}`,
    limit: `limit ${limit + 1} ${offsetSql(offset, place)}`,
    sortKey: `t.${key.column}::text as sort_key`,
  }
}

/** The statement read one row more than the page: there is a next one. */
async function pageOf(rows: readonly Row[], look: Look, { limit }: TaskRequest): Promise<TaskPage> {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: await toViews(page, look),
    nextCursor: rows.length > limit && last ? encodeCursor([last.sort_key, last.task_id]) : null,
  }
}

/** Most pages are first ones; the limit is a number of the schema, written out so that the plan knows it. */
const offsetSql = (offset: number, place: Place): string => (offset === 0 ? '' : `offset ${place(offset)}`)

function afterSql(
  cursor: string,
  key: (typeof SORT_KEYS)[SortKey],
  isDescending: boolean,
  place: (value: SqlValue) => string,
): string {
  const [value, id] = decodeCursor(cursor, 2)
  return `and (t.${key.column}, t.task_id) ${isDescending ? '<' : '>'} (${place(String(value))}::${key.type}, ${place(String(id))}::uuid)`
}

/** Tasks by their ids, whatever their state. */
export async function findTasks(sql: Sql, look: Look, ids: readonly string[]): Promise<TaskView[]> {
  const rows = await sql.rows<Row>(
    prepared(`${SELECT}, '' as sort_key from task_list t where t.task_id = any($1::uuid[])`),
    [ids],
  )
  return toViews(rows, look)
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

async function toViews(rows: readonly Row[], look: Look): Promise<TaskView[]> {
  if (rows.length === 0) return []
  const people = await look.askPeople(
    rows.flatMap(({ task_id: id, assignee }) => (assignee === null ? [id] : [id, assignee])),
  )
  return rows.map((row) => toView(row, look, people))
}

function toView(row: Row, { viewer: { user, absent }, deadlines }: Look, { holders, present }: TaskPeople): TaskView {
  const { number, name } = flowText(row.flow)
  const waitsUntil = ['completing', 'completed', 'cancelled'].includes(row.state) ? null : row.due_on // what is over is not late
  return {
    taskId: row.task_id,
    flow: row.flow,
    flowNumber: number,
    flowName: name,
    step: stepNo(row.step_id),
    name: row.name,
    runId: row.run_id,
    runNumber: row.run_number === '' ? null : row.run_number,
    runTitle: row.title,
    state: row.state,
    isProposed: row.is_proposed,
    isReturned: row.is_returned,
    isUrgent: row.is_urgent,
    role: row.candidate_role,
    assignee:
      row.assignee === null
        ? null
        : { login: '', name: '', ...holders.get(row.assignee), isMe: row.assignee === user.userId },
    isStandIn: row.assignee !== null && absent.includes(row.assignee),
    claimedAt: row.claimed_at,
    dueOn: row.due_on,
    daysLeft: waitsUntil === null ? null : deadlines.daysLeft(waitsUntil),
    urgency: deadlines.urgencyOf(waitsUntil),
    followUpOn: row.follow_up_on,
    isWaiting: row.follow_up_on !== null && row.follow_up_on > deadlines.today,
    fiscalYear: row.fiscal_year,
    levyDueOn: row.levy_due_on,
    count: row.worksheet_id === null ? null : Number(row.row_count),
    yen: row.worksheet_id === null ? null : yenToJson(row.yen),
    present: namesBeside(user.userId, present.get(row.task_id) ?? []),
    decisions: decisionsOf(row.step_id),
    createdAt: row.created_at,
  }
}

const namesBeside = (me: bigint, present: readonly Present[]): string[] => [
  ...new Set(present.filter(({ userId }) => userId !== me).map(({ name }) => name)),
]
