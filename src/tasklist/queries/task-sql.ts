import type { SqlValue } from '#db/database.ts'
import type { Deadlines, Urgency } from '../deadline.ts'
import { escapeLike, personTasksSql } from './task-search.ts'
import type { Viewer } from './viewer.ts'

/** 見る範囲: 自分の作業, 自分ができる作業, 係の作業, 二人目の確認, 自分が出した確認待ち, 再開日を決めた作業, 代理の作業. */
export const TASK_VIEWS = ['mine', 'can', 'all', 'second', 'proposed', 'waiting', 'deputy'] as const
export type TaskScope = (typeof TASK_VIEWS)[number]
/** 状態 of an open task as the list says it: 未着手, 作業中, 差戻し, 二人目の確認待ち, 再開日待ち. */
export const TASK_STATUSES = ['unclaimed', 'working', 'returned', 'proposed', 'waiting'] as const
export type TaskStatus = (typeof TASK_STATUSES)[number]

/** What a person has filtered the 作業一覧 by. `text` is personal and came by POST. */
export interface TaskFilter {
  readonly view?: TaskScope
  readonly status?: TaskStatus
  readonly urgency?: Urgency
  readonly flow?: string
  readonly step?: string
  readonly state?: string
  readonly assignee?: string
  readonly unit?: string
  readonly runId?: string
  readonly runNumber?: string
  readonly fiscalYear?: number
  readonly levyDueOn?: string
  readonly dueFrom?: string
  readonly dueTo?: string
  readonly yenFrom?: number
  readonly yenTo?: number
  readonly text?: string
}

/** Puts a value into the parameters of a statement and gives its 「$n」. */
export type Place = (value: SqlValue) => string

/** WHERE over `task_list t`. */
export function whereOf(filter: TaskFilter, viewer: Viewer, deadlines: Deadlines, place: Place): string {
  const parts: string[] = []
  const { state, view, status } = filter
  const isOver = state !== undefined && state !== 'preparing' && state !== 'open'
  parts.push(isOver ? 'not t.is_open' : 't.is_open')
  if (state !== undefined) parts.push(`t.state = ${place(state)}`)
  if (!isOver && filter.runId === undefined && view !== 'waiting' && status !== 'waiting')
    parts.push(`(t.follow_up_on is null or t.follow_up_on <= ${place(deadlines.today)})`)
  for (const [name, sql] of PLAIN) if (filter[name] !== undefined) parts.push(sql(place(filter[name])))
  if (filter.unit !== undefined) parts.push(heldInUnit(place(filter.unit), place(deadlines.today)))
  if (filter.runNumber !== undefined)
    parts.push(`t.run_number like ${place(`${escapeLike(filter.runNumber.normalize('NFKC').trim().toUpperCase())}%`)}`)
  if (filter.assignee === 'none') parts.push('t.assignee is null')
  else if (filter.assignee === 'me') parts.push(heldBy([viewer.user.userId], place))
  else if (filter.assignee !== undefined)
    parts.push(`t.assignee = (select id from users where login = ${place(filter.assignee)})`)
  if (view !== undefined && view !== 'all') parts.push(viewSql(view, viewer, deadlines, place))
  if (status !== undefined) parts.push(statusSql(status, deadlines, place))
  if (filter.urgency !== undefined) parts.push(urgencySql(filter.urgency, deadlines, place))
  if (filter.text !== undefined) parts.push(`t.task_id in (${personTasksSql(filter.text, place)})`)
  return parts.join(' and ')
}

const PLAIN: readonly (readonly [
  'flow' | 'step' | 'runId' | 'fiscalYear' | 'levyDueOn' | 'dueFrom' | 'dueTo' | 'yenFrom' | 'yenTo',
  (at: string) => string,
])[] = [
  ['flow', (at) => `t.flow = ${at}`],
  ['step', (at) => `t.step_id like t.flow || '/' || ${at}::text || '-%'`],
  ['runId', (at) => `t.run_id = ${at}`],
  ['fiscalYear', (at) => `t.fiscal_year = ${at}`],
  ['levyDueOn', (at) => `t.levy_due_on = ${at}`],
  ['dueFrom', (at) => `t.due_on >= ${at}`],
  ['dueTo', (at) => `t.due_on <= ${at}`],
  ['yenFrom', (at) => `t.yen >= ${at}`],
  ['yenTo', (at) => `t.yen <= ${at}`],
]

export const heldBy = (users: readonly bigint[], place: Place): string =>
  `(t.assignee is not null and t.assignee = any(${place(users)}::bigint[]))`

/** 担当の係: held by somebody who belongs to it today, 兼務 included. */
const heldInUnit = (unit: string, today: string): string =>
  `(t.assignee is not null and t.assignee in (select m.user_id from unit_members m where m.unit_id = ${unit}::bigint
    and m.valid_from <= ${today} and (m.valid_to is null or ${today} <= m.valid_to)))`

const isLead = ({ user }: Viewer): boolean => user.roles.includes('kakaricho')
/** 一人目 is this person: themselves or whom they stand in for today, or who stood in for one of them on the day of the proposal. */
export function proposedByMe({ user, selves, formerDeputies }: Viewer, { today }: Deadlines, place: Place): string {
  const mine = `t.proposed_by = any(${place(selves)}::bigint[])`
  if (formerDeputies.length === 0) return `(t.proposed_by is not null and ${mine})`
  return `(t.proposed_by is not null and (${mine} or (t.proposed_by = any(${place(formerDeputies)}::bigint[])
    and exists (select from tasks k where k.id = t.task_id
      and is_one_person(${place(user.userId)}, ${place(today)}, k.proposed_by, japan_day(k.proposed_at))))))`
}

/** Tasks that wait for a second person are proposed by another person and need a 係長. */
function viewSql(view: Exclude<TaskScope, 'all'>, viewer: Viewer, deadlines: Deadlines, place: Place): string {
  const { today } = deadlines
  const { user, groups, absent } = viewer
  switch (view) {
    case 'mine':
      return heldBy([user.userId], place)
    case 'can':
      return `t.state = 'open' and (t.assignee is null or t.assignee = any(${place([user.userId, ...absent])}::bigint[]))
        and t.candidate_role = any(${place(groups)}::text[])
        and (t.proposed_by is null or ${isLead(viewer) ? `not ${proposedByMe(viewer, deadlines, place)}` : 'false'})`
    case 'second':
      return isLead(viewer) ? `t.proposed_by is not null and not ${proposedByMe(viewer, deadlines, place)}` : 'false'
    case 'proposed':
      return `t.proposed_by is not null and t.proposed_by = ${place(user.userId)}`
    case 'waiting':
      return `t.follow_up_on > ${place(today)}`
    case 'deputy':
      return heldBy(absent, place)
    default:
      return view satisfies never
  }
}

function statusSql(status: TaskStatus, { today }: Deadlines, place: Place): string {
  switch (status) {
    case 'unclaimed':
      return 't.assignee is null and t.proposed_by is null'
    case 'working':
      return 't.assignee is not null'
    case 'returned':
      return 't.is_returned'
    case 'proposed':
      return 't.proposed_by is not null'
    case 'waiting':
      return `t.follow_up_on > ${place(today)}`
    default:
      return status satisfies never
  }
}

/** No 期限 stands in the table as the last of all days. */
export const NO_DEADLINE = '9999-12-31'

function urgencySql(urgency: Urgency, { today, soonUntil }: Deadlines, place: Place): string {
  switch (urgency) {
    case 'overdue':
      return `t.due_on < ${place(today)}`
    case 'today':
      return `t.due_on = ${place(today)}`
    case 'soon':
      return `t.due_on > ${place(today)} and t.due_on <= ${place(soonUntil)}`
    case 'later':
      return `t.due_on > ${place(soonUntil)} and t.due_on < '${NO_DEADLINE}'`
    case 'none':
      return `t.due_on = '${NO_DEADLINE}'`
    default:
      return urgency satisfies never
  }
}
