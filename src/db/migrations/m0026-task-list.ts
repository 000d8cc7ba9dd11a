import { sqlMigration } from './sql-migration.ts'

/**
 * 作業一覧 as a narrow table of its own, kept by the transactions that change tasks, whoever writes them; and its 件数 as
 * entries that are added up instead of rows that are counted. Entries are only added, so two clerks never wait for one
 * counter; a sweeper adds old entries together.
 */
export const taskList = sqlMigration(
  'm0026-task-list',
  `
-- 再開日: a task that is not looked at before this 開庁日.
alter table tasks
  add column follow_up_on date,
  add column follow_up_note text,
  add column follow_up_by bigint,
  add column follow_up_at timestamptz;
alter table worksheets add column sum_yen bigint not null default 0;
update worksheets w set sum_yen = coalesce((select sum(yen) from worksheet_rows r where r.worksheet_id = w.id), 0);

-- due_on: no 期限 sorts last. levy_due_on: 納期限 of the run. row_count and yen of a task without a list are 0.
create table task_list (
  task_id uuid primary key references tasks on delete cascade,
  is_open boolean not null,
  state text not null,
  flow text not null,
  step_id text not null,
  candidate_role text not null,
  run_id uuid,
  run_number text not null,
  fiscal_year int,
  levy_due_on date,
  assignee bigint,
  proposed_by bigint,
  is_returned boolean not null,
  due_on date not null,
  follow_up_on date,
  worksheet_id bigint,
  row_count bigint not null,
  yen bigint not null,
  created_at timestamptz not null
);
create index task_list_due on task_list (due_on, task_id) where is_open;
create index task_list_by_number on task_list (run_number, task_id) where is_open;
create index task_list_step on task_list (step_id, task_id) where is_open;
create index task_list_count on task_list (row_count, task_id) where is_open;
create index task_list_yen on task_list (yen, task_id) where is_open;
create index task_list_created on task_list (created_at, task_id) where is_open;
create index task_list_flow_due on task_list (flow, due_on, task_id) where is_open;
create index task_list_levy on task_list (levy_due_on, due_on, task_id) where is_open;
create index task_list_assignee on task_list (assignee, due_on, task_id) where is_open and assignee is not null;
create index task_list_proposed on task_list (proposed_by) where is_open and proposed_by is not null;
create index task_list_follow_up on task_list (follow_up_on) where is_open and follow_up_on is not null;
create index task_list_returned on task_list (due_on, task_id) where is_open and is_returned;
create index task_list_sheet on task_list (worksheet_id) where worksheet_id is not null;
create index task_list_run on task_list (run_id);
create index task_list_state on task_list (state, due_on, task_id) where not is_open;
drop index tasks_by_due;
drop index tasks_assignee;

create table task_counters (
  id bigint generated always as identity primary key,
  flow text not null,
  candidate_role text not null,
  state text not null,
  is_held boolean not null,
  is_proposed boolean not null,
  is_returned boolean not null,
  due_on date not null,
  follow_up_on date,
  n bigint not null
);

create function refresh_task_list(ids uuid[]) returns void language sql as $$
  with before as (
    select flow, candidate_role, state, assignee is not null as is_held, proposed_by is not null as is_proposed,
      is_returned, due_on, follow_up_on
    from task_list where task_id = any (ids) and is_open
  ), after as (
    insert into task_list (task_id, is_open, state, flow, step_id, candidate_role, run_id, run_number, fiscal_year,
      levy_due_on, assignee, proposed_by, is_returned, due_on, follow_up_on, worksheet_id, row_count, yen, created_at)
    select t.id, t.state in ('preparing', 'open'), t.state, t.flow, t.step_id, t.candidate_role, t.run_id,
      coalesce(r.number, ''), 2018 + substring(r.number from '^R([0-9]{1,2})-')::int,
      case when r.params ->> 'dueOn' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then (r.params ->> 'dueOn')::date end,
      t.assignee, t.proposed_by, coalesce(s.round, 1) > 1, coalesce(t.due_on, date '9999-12-31'), t.follow_up_on,
      t.worksheet_id, coalesce(w.row_count, 0), coalesce(w.sum_yen, 0), t.created_at
    from tasks t
    left join runs r on r.id = t.run_id
    left join step_runs s on s.id = t.step_run_id
    left join worksheets w on w.id = t.worksheet_id
    where t.id = any (ids)
    on conflict (task_id) do update set is_open = excluded.is_open, state = excluded.state,
      candidate_role = excluded.candidate_role, assignee = excluded.assignee, proposed_by = excluded.proposed_by,
      is_returned = excluded.is_returned, due_on = excluded.due_on, follow_up_on = excluded.follow_up_on,
      worksheet_id = excluded.worksheet_id, row_count = excluded.row_count, yen = excluded.yen
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
create function tasks_are_new() returns trigger language plpgsql as $$
begin
  perform refresh_task_list(array(select id from new_tasks));
  return null;
end $$;
-- A draft is written every few seconds: what the list does not show leaves it alone.
create function tasks_have_changed() returns trigger language plpgsql as $$
declare changed uuid[] := array(
  select n.id from new_tasks n join old_tasks o using (id)
  where (n.state, n.assignee, n.proposed_by, n.due_on, n.follow_up_on, n.worksheet_id, n.step_run_id, n.candidate_role)
    is distinct from
    (o.state, o.assignee, o.proposed_by, o.due_on, o.follow_up_on, o.worksheet_id, o.step_run_id, o.candidate_role));
begin
  if changed <> '{}' then
    perform refresh_task_list(changed);
  end if;
  return null;
end $$;
create function task_leaves_the_list() returns trigger language plpgsql as $$
begin
  insert into task_counters (flow, candidate_role, state, is_held, is_proposed, is_returned, due_on, follow_up_on, n)
  values (old.flow, old.candidate_role, old.state, old.assignee is not null, old.proposed_by is not null, old.is_returned,
    old.due_on, old.follow_up_on, -1);
  return null;
end $$;
create trigger tasks_listed after insert on tasks referencing new table as new_tasks
  for each statement execute function tasks_are_new();
create trigger tasks_relisted after update on tasks referencing old table as old_tasks new table as new_tasks
  for each statement execute function tasks_have_changed();
create trigger task_list_counted after delete on task_list for each row when (old.is_open)
  execute function task_leaves_the_list();
select refresh_task_list(array(select id from tasks));

grant maintain on tasks, task_list, task_counters, worksheets, worksheet_rows to koki_app;
`,
)
