import type { RunInvariant } from '#runtime/check-run.ts'

/**
 * Every change of the run has its event: the start, each step that is done, each mark of a person (their number by task and person), each list that was built
 * again, each print file that was replaced, the 中止.
 */
export const everythingIsJournalled: RunInvariant = {
  number: 14,
  statement: '変わった行のすべてに、監査の記録がある',
  sql: `
    with events as (select * from audit_events where run_id = $1),
    marked as (
      select m.task_id, m.user_id, count(*) as rows from worksheet_marks m join worksheets w on w.id = m.worksheet_id
      where w.run_id = $1 and not m.is_carried_over group by 1, 2),
    told as (
      select task_id, actor_user_id as user_id, sum((payload::jsonb->'payload'->>'count')::bigint) as rows from events
      where kind in ('rows-marked', 'proposals-accepted', 'letters-made') group by 1, 2)
    select '処理の開始' as what where not exists (select from events where kind = 'run-started')
    union all
    select '処理の中止' from runs where id = $1 and state = 'cancelled'
      and not exists (select from events where kind = 'run-cancelled')
    union all
    select concat('工程 ', split_part(s.step_id, '/', 2), ' ', s.round, '回目') from step_runs s
    where s.run_id = $1 and s.state = 'done' and not exists (
      select from events e where e.step_run_id = s.id and e.kind in ('step-done', 'task-completed', 'task-released'))
    union all
    select concat('印 ', split_part(t.step_id, '/', 2), ' ', u.login) from marked
    join tasks t on t.id = marked.task_id join users u on u.id = marked.user_id
    left join told on told.task_id = marked.task_id and told.user_id = marked.user_id
    where marked.rows <> coalesce(told.rows, 0)
    union all
    select concat('一覧 ', split_part(t.step_id, '/', 2)) from tasks t
    where t.run_id = $1 and t.step_run_id is not null
      and (select count(*) from worksheets w where w.step_run_id = t.step_run_id and w.state = 'ready')
        > (select count(*) from events e where e.task_id = t.id and e.kind in ('task-opened', 'task-refreshed'))
    union all
    select concat('印刷ファイル ', f.number, ' 第', f.version, '版') from print_files f
    where f.run_id = $1 and f.state = 'superseded' and not exists (
      select from events e where e.kind = 'print-file-replaced'
        and e.payload::jsonb->'payload'->>'number' = f.number::text and e.payload::jsonb->'payload'->>'version' = f.version::text)`,
}
