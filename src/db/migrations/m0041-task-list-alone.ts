import { sqlMigration } from './sql-migration.ts'

/**
 * 作業一覧 shows a line from its row alone: 作業の名, 件名 of the run, 至急 and since when it is held stand in the list, too. Neither
 * the name of a task nor the title of a run ever changes.
 */
export const taskListAlone = sqlMigration(
  'm0041-task-list-alone',
  `
alter table task_list
  add column name text not null default '',
  add column title text,
  add column is_urgent boolean not null default false,
  add column claimed_at timestamptz;
update task_list l set name = t.name, is_urgent = t.is_urgent, claimed_at = t.claimed_at,
  title = (select r.title from runs r where r.id = t.run_id) from tasks t where t.id = l.task_id;
alter table task_list alter column name drop default;
-- Counting what fits a span needs the index alone.
drop index task_list_due, task_list_yen, task_list_levy;
create index task_list_due on task_list (due_on, task_id) include (follow_up_on) where is_open;
create index task_list_yen on task_list (yen, task_id) include (follow_up_on) where is_open;
create index task_list_levy on task_list (levy_due_on, due_on, task_id) include (follow_up_on, fiscal_year) where is_open;

create or replace function refresh_task_list(ids uuid[]) returns void language sql as $$
  with before as (
    select flow, candidate_role, state, assignee is not null as is_held, proposed_by is not null as is_proposed,
      is_returned, due_on, follow_up_on
    from task_list where task_id = any (ids) and is_open
  ), after as (
    insert into task_list (task_id, is_open, state, flow, step_id, name, candidate_role, run_id, run_number, title,
      fiscal_year, levy_due_on, assignee, claimed_at, proposed_by, is_returned, is_urgent, due_on, follow_up_on,
      worksheet_id, row_count, yen, created_at)
    select t.id, t.state in ('preparing', 'open'), t.state, t.flow, t.step_id, t.name, t.candidate_role, t.run_id,
      coalesce(r.number, ''), r.title, 2018 + substring(r.number from '^R([0-9]{1,2})-')::int,
      case when r.params ->> 'dueOn' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then (r.params ->> 'dueOn')::date end,
      t.assignee, t.claimed_at, t.proposed_by, coalesce(s.round, 1) > 1, t.is_urgent,
      coalesce(t.due_on, date '9999-12-31'), t.follow_up_on, t.worksheet_id, coalesce(w.row_count, 0),
      coalesce(w.sum_yen, 0), t.created_at
    from tasks t
    left join runs r on r.id = t.run_id
    left join step_runs s on s.id = t.step_run_id
    left join worksheets w on w.id = t.worksheet_id
    where t.id = any (ids)
    on conflict (task_id) do update set is_open = excluded.is_open, state = excluded.state,
      candidate_role = excluded.candidate_role, assignee = excluded.assignee, claimed_at = excluded.claimed_at,
      proposed_by = excluded.proposed_by, is_returned = excluded.is_returned, is_urgent = excluded.is_urgent,
      due_on = excluded.due_on, follow_up_on = excluded.follow_up_on, worksheet_id = excluded.worksheet_id,
      row_count = excluded.row_count, yen = excluded.yen
    returning is_open, flow, candidate_role, state, assignee is not null as is_held, proposed_by is not null as is_proposed,
      is_returned, due_on, follow_up_on
  )
  insert into task_counters (flow, candidate_role, state, is_held, is_proposed, is_returned, due_on, follow_up_on, n)
  select flow, candidate_role, state, is_held, is_proposed, is_returned, due_on, follow_up_on, sum(n)
  from (
    select *, -1 as n from before
    union all
    select flow, candidate_role, state, is_held, is_proposed, is_returned, due_on, follow_up_on, 1 from after where is_open
  ) moved
  group by flow, candidate_role, state, is_held, is_proposed, is_returned, due_on, follow_up_on
  having sum(n) <> 0
$$;
create or replace function tasks_have_changed() returns trigger language plpgsql as $$
declare changed uuid[] := array(
  select n.id from new_tasks n join old_tasks o using (id)
  where (n.state, n.assignee, n.claimed_at, n.proposed_by, n.due_on, n.follow_up_on, n.worksheet_id, n.step_run_id,
      n.candidate_role, n.is_urgent)
    is distinct from
    (o.state, o.assignee, o.claimed_at, o.proposed_by, o.due_on, o.follow_up_on, o.worksheet_id, o.step_run_id,
      o.candidate_role, o.is_urgent));
begin
  if changed <> '{}' then
    perform refresh_task_list(changed);
  end if;
  return null;
end $$;
`,
)
