import type { CurrentUser } from '#access/users.ts'
import type { SqlValue } from '#db/database.ts'
import { foldForSearch } from '#rules/names/fold-for-search.ts'
import type { Deadlines, Urgency } from '../deadline.ts'

/** What a person has filtered the 作業一覧 by. `text` is personal and came by POST. */
export interface TaskFilter {
  readonly flow?: string
  readonly step?: string
  readonly state?: string
  readonly assignee?: string
  readonly view?: 'mine' | 'can' | 'all' | 'second' | 'proposed'
  readonly urgency?: Urgency
  readonly runId?: string
  readonly text?: string
}

/** Whose eyes: their roles decide which tasks they may take. `groups` are the candidate groups of those roles. */
export interface Viewer {
  readonly user: CurrentUser
  readonly groups: readonly string[]
}

export const TASK_FROM = `
  tasks t
  left join runs r on r.id = t.run_id
  left join step_runs sr on sr.id = t.step_run_id
  left join users au on au.id = t.assignee
  left join staff a on a.id = au.staff_id
  left join worksheets w on w.id = t.worksheet_id`

export interface Where {
  readonly sql: string
  readonly params: readonly SqlValue[]
}

/** WHERE over `TASK_FROM`; parameters start at $1. */
export function whereOf(filter: TaskFilter, viewer: Viewer, deadlines: Deadlines): Where {
  const parts: string[] = []
  const params: SqlValue[] = []
  const place = (value: SqlValue): string => `$${params.push(value)}`
  if (filter.state === undefined) parts.push(`t.state in ('preparing', 'open')`)
  else parts.push(`t.state = ${place(filter.state)}`)
  if (filter.flow !== undefined) parts.push(`t.flow = ${place(filter.flow)}`)
  if (filter.step !== undefined) parts.push(`t.step_id like t.flow || '/' || ${place(filter.step)} || '-%'`)
  if (filter.runId !== undefined) parts.push(`t.run_id = ${place(filter.runId)}`)
  if (filter.assignee === 'none') parts.push('t.assignee is null')
  else if (filter.assignee === 'me') parts.push(`t.assignee = ${place(viewer.user.userId)}`)
  else if (filter.assignee !== undefined) parts.push(`au.login = ${place(filter.assignee)}`)
  if (filter.view !== undefined && filter.view !== 'all') parts.push(viewSql(filter.view, viewer, place))
  if (filter.urgency !== undefined) parts.push(urgencySql(filter.urgency, deadlines, place))
  if (filter.text !== undefined) parts.push(textSql(filter.text, place))
  return { sql: parts.join(' and '), params }
}

type Place = (value: SqlValue) => string

/** Tasks waiting for a second person are proposed by another person and need a 係長. */
export function viewSql(view: 'mine' | 'can' | 'second' | 'proposed', { user, groups }: Viewer, place: Place): string {
  const me = (): string => place(user.userId)
  const isLead = user.roles.includes('kakaricho')
  const byOther = (): string =>
    `not exists (select from users pu where pu.id = t.proposed_by and pu.staff_id = ${place(user.staffId)})`
  switch (view) {
    case 'mine':
      return `t.assignee = ${me()}`
    case 'can':
      return `t.state = 'open' and (t.assignee is null or t.assignee = ${me()}) and t.candidate_role = any(${place(groups)}::text[])
        and (t.proposed_by is null or ${isLead ? byOther() : 'false'})`
    case 'second':
      return isLead ? `t.proposed_by is not null and ${byOther()}` : 'false'
    case 'proposed':
      return `t.proposed_by = ${me()}`
    default:
      return view satisfies never
  }
}

export function urgencySql(urgency: Urgency, { today, soonUntil }: Deadlines, place: Place): string {
  switch (urgency) {
    case 'overdue':
      return `t.due_on < ${place(today)}`
    case 'today':
      return `t.due_on = ${place(today)}`
    case 'soon':
      return `t.due_on > ${place(today)} and t.due_on <= ${place(soonUntil)}`
    case 'later':
      return `t.due_on > ${place(soonUntil)}`
    case 'none':
      return 't.due_on is null'
    default:
      return urgency satisfies never
  }
}

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

/** 処理番号, 被保険者番号 or the beginning of 氏名・カナ of a person on the task's list. */
function textSql(text: string, place: Place): string {
  const number = place(`${escapeLike(text.normalize('NFKC').trim())}%`)
  const folded = place(`${escapeLike(foldForSearch(text))}%`)
  return `(t.run_id in (select id from runs where number ilike ${number}) or t.worksheet_id in (
    select wr.worksheet_id from worksheet_rows wr where wr.insured_id = any (array(
      select n.id from insured n join person_versions v on v.person_id = n.person_id and v.superseded_at is null and v.valid_to is null
      where n.insured_no like ${number} or v.kana_folded like ${folded} or v.name_folded like ${folded} limit ${PEOPLE}))))`
}

/** More people than this are no search: the list of their tasks would be the whole list. */
const PEOPLE = 1_000
