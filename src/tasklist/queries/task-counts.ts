import type { Static } from 'typebox'
import type { PlainDate } from '#kernel/plain-date.ts'
import { formerDeputiesSql, selvesSql } from '#access/persons.ts'
import type { CurrentUser } from '#access/users.ts'
import type { Sql } from '#db/database.ts'
import { prepared } from '#db/prepared.ts'
import { groupsOf } from '#runtime/candidate-groups.ts'
import type { Urgency } from '../deadline.ts'
import type { TaskCounts } from '../tasks.schema.ts'
import { isFreeFor, isOfStatus, sumOf, type TaskCell } from './task-cells.ts'
import { flowNames } from './task-list.ts'
import { TASK_STATUSES, type TaskStatus } from './task-sql.ts'

/** The few tasks that carry a person's name: held by them or by whom they stand in for, proposed by them. */
export interface OwnCounts {
  readonly mine: number
  readonly deputy: number
  readonly proposed: number
  /** Held by them or as deputy, and theirs to do. */
  readonly heldAndAble: number
  readonly mayNotRelease: number
  readonly freeButOwn: number
}

/** 件数 beside the filters: cells that are added up, and a person's own few tasks. */
export function countTasks(
  cells: readonly TaskCell[],
  own: OwnCounts,
  { roles }: CurrentUser,
): Omit<Static<typeof TaskCounts>, 'dataAgeMs'> {
  const isLead = roles.includes('kakaricho')
  const now = cells.filter(({ isWaiting }) => !isWaiting)
  const waiting = sumOf(cells, ({ isWaiting }) => isWaiting)
  const urgent = (urgency: Urgency): number => sumOf(now, (cell) => cell.urgency === urgency)
  const status = (wanted: TaskStatus): number => sumOf(now, (cell) => isOfStatus(cell, wanted))
  const byFlow = new Map<string, number>()
  for (const { flow, n } of now) byFlow.set(flow, (byFlow.get(flow) ?? 0) + n)
  return {
    views: {
      mine: own.mine,
      can: sumOf(now, (cell) => isFreeFor(cell, roles)) + own.heldAndAble - (isLead ? own.freeButOwn : 0),
      all: sumOf(now, () => true),
      second: isLead ? sumOf(now, ({ isProposed }) => isProposed) - own.mayNotRelease : 0,
      proposed: own.proposed,
      waiting,
      deputy: own.deputy,
    },
    urgencies: {
      overdue: urgent('overdue'),
      today: urgent('today'),
      soon: urgent('soon'),
      later: urgent('later'),
      none: urgent('none'),
    },
    states: {
      ...(Object.fromEntries(TASK_STATUSES.map((name) => [name, status(name)])) as Record<TaskStatus, number>), // every name once
      waiting,
    },
    flows: [...byFlow]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([flow, count]) => ({ flow, name: flowNames(flow).name, count })),
  }
}

/** What each of these people has of their own. */
export async function readOwnCounts(
  sql: Sql,
  users: readonly CurrentUser[],
  today: PlainDate,
): Promise<ReadonlyMap<CurrentUser, OwnCounts>> {
  const rows = await sql.rows<OwnCounts & { readonly at: number }>(OWN, [
    users.map(({ userId }) => userId),
    today,
    users.map(({ roles }) => groupsOf(roles).join(' ')),
    users.map(({ roles }) => roles.includes('kakaricho')),
  ])
  return new Map(rows.map(({ at, ...own }) => [users[at - 1] as CurrentUser, own])) // the ordinality of the question
}

const OWN = prepared(
  `with me as materialized (
     select u.at, u.id, string_to_array(u.roles, ' ') as groups, u.is_lead, array(select absent_users_of(u.id, $2::date)) as absent,
       array(${selvesSql('u.id', '$2::date')}) as selves,
       array(${formerDeputiesSql('u.id', '$2::date')}) as former
     from unnest($1::bigint[], $3::text[], $4::boolean[]) with ordinality u (id, roles, is_lead, at)
   )
   select me.at::int as at, own.* from me cross join lateral (
     with found as (
       select task_id, state, assignee, proposed_by, candidate_role, follow_up_on from task_list
       where is_open and assignee is not null and assignee = any(me.id || me.absent)
       union
       select task_id, state, assignee, proposed_by, candidate_role, follow_up_on from task_list
       where is_open and proposed_by is not null and proposed_by = any(me.selves || me.former)
     ), told as (
       select f.assignee = me.id as is_mine, f.assignee = any(me.absent) as is_deputy, f.proposed_by = me.id as is_proposed,
         f.assignee is null as is_free, coalesce(f.proposed_by = any(me.selves) or (f.proposed_by = any(me.former) and exists (
           select from tasks k where k.id = f.task_id
             and is_one_person(me.id, $2::date, k.proposed_by, japan_day(k.proposed_at)))), false) as is_own,
         f.state = 'open' and f.candidate_role = any(me.groups) as fits, f.proposed_by is null as has_no_proposal
       from found f where f.follow_up_on is null or f.follow_up_on <= $2::date
     )
     select (count(*) filter (where is_mine))::int as mine, (count(*) filter (where is_deputy))::int as deputy,
       (count(*) filter (where is_proposed))::int as proposed,
       (count(*) filter (where not is_free and fits and (has_no_proposal or (me.is_lead and not is_own))
         and (is_mine or is_deputy)))::int as "heldAndAble",
       (count(*) filter (where is_own))::int as "mayNotRelease",
       (count(*) filter (where is_own and is_free and fits))::int as "freeButOwn"
     from told
   ) own`,
)
