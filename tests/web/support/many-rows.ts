import type { Database } from '#db/database.ts'
import { loadProfiles } from '#intake/profiles.ts'
import { shippedModels } from '#tools/launch/models.ts'
import { newTasks } from '#tests/support/tasks.ts'

/** Rows of every list that the axe test opens. */
export const MANY = 1000
/** The lists are filled by SQL, in one go each; the day is 2026-08-20. All synthetic. */
const AT = '2026-08-20T01:00:00Z'
const KEY = 9_000_000

/** Puts a thousand rows into every list that does not have them from the 督促 of the office. */
export async function fillLists(db: Database, login: string): Promise<void> {
  const { user, other } = await db.one<{ user: bigint; other: bigint }>(
    `select (select id from users where login = $1) as user, (select id from users where login = 'kanri') as other`,
    [login],
  )
  await newTasks(
    db,
    Array.from({ length: MANY }, (_, n) => ({ number: `R8-52-${String(5000 + n)}`, dueOn: '2026-08-21' })),
  )
  const many = (sql: string, values: Parameters<Database['run']>[1] = []) => db.run(sql, values)
  await many(
    `insert into notifications (user_id, kind, task_id, payload, at)
     select $1, 'assigned', t.id, '{}', $2::timestamptz from tasks t where t.run_id is not null limit ${MANY}`,
    [user, AT],
  )
  await many(
    `insert into files (id, direction, kind, name, sha256, byte_size, state, line_count, accepted_count, rejected_count, received_by,
       received_at, finished_at)
     select gen_random_uuid(), 'in', 'shuno', 'shuno-' || n || '.csv', 'many-' || n, 100 * n, 'accepted', n, 0, n, $1,
       $2::timestamptz + n * interval '1 second', $2::timestamptz + n * interval '1 second' from generate_series(1, ${MANY}) n`,
    [user, AT],
  )
  await many(
    `insert into file_errors (file_id, number, line, field, value, code, message, next)
     select f.id, n, n, '通知書番号', '2699999999', 'INT-000', '期割がありません。', '期割を先に受け入れてください。'
     from generate_series(1, ${MANY}) n, files f where f.name = 'shuno-${MANY}.csv'`,
  )
  await many(
    `insert into returned_letters (paper, instalment_id, insured_id, delivery, returned_on, reason, recorded_by, recorded_at)
     select '納入通知書', id, insured_id, 0, '2026-08-19', 'R1', $1, $2 from instalments where period = '01' limit ${MANY}`,
    [user, AT],
  )
  await many(
    `insert into returned_letter_steps (returned_letter_id, number, state, acted_on, recorded_by, recorded_at)
     select id, 1, '居所調査', returned_on, recorded_by, recorded_at from returned_letters c
     where not exists (select from returned_letter_steps where returned_letter_id = c.id)`,
  )
  await many(
    `insert into audit_events (at, kind, actor_user_id, actor, terminal, payload, hash)
     select at + n * interval '1 second', kind, actor_user_id, actor, terminal, payload, hash
     from (select * from audit_events order by id desc limit 1) e, generate_series(1, ${MANY}) n`,
  )
  // 添付 of the task that this person works on: about a protected person, and about another, in turn
  await many(
    `insert into task_attachments (task_id, insured_id, name, type, byte_size, sha256, user_id, at)
     select t.id, case when n % 2 = 0 then (select i.id from insured i join protections p using (person_id) limit 1)
         else (select min(r.insured_id) from worksheet_rows r where r.worksheet_id = t.worksheet_id) end,
       'とても長い名前の領収書の写し_' || n || '.pdf', 'pdf', 1000 + n, repeat('0', 64), $1, $2
     from tasks t, generate_series(1, ${MANY}) n where t.assignee = $1 and t.state = 'open'`,
    [user, AT],
  )
  await fillInstances(db)
  await many(
    `insert into ordinance_options (flow, name, value, valid_from, recorded_at)
     select '5-2-tokusoku', 'designatedDays', '10', date '2020-04-01' + n, $1 from generate_series(1, ${MANY}) n`,
    [AT],
  )
  const notices = await db.one<{ value: unknown }>(`select value from municipality_settings where name = 'notices'`)
  for (const [area, name, value] of [
    ['municipality', 'notices', notices.value],
    ['profile', 'atena', loadProfiles().of('atena', 'in')],
  ] as const)
    await many(
      `insert into setting_versions (area, name, value, reason, decided_by, recorded_at, put_in_force_by, put_in_force_at)
       select $1, $2, case when $1 = 'profile' then jsonb_set($6::jsonb, '{version}', to_jsonb(n)) else $6::jsonb end,
         '書式の見直し ' || n, $3, $5, $4, $5::timestamptz + n * interval '1 second' from generate_series(1, ${MANY}) n`,
      [area, name, user, other, AT, JSON.stringify(value)],
    )
  await many(
    `insert into local_closures (closed_on, name, recorded_at, recorded_by)
     select date '2027-01-04' + n, '設備の点検', $2, $1 from generate_series(1, ${MANY}) n`,
    [user, AT],
  )
  await many(
    `with person as (insert into staff (name) select '見本 ' || n from generate_series(1, ${MANY}) n returning id, name)
     insert into users (staff_id, login, created_at) select id, 'many-' || id, $1 from person`,
    [AT],
  )
  await many(
    `insert into deputies (absent_user_id, deputy_user_id, from_on, to_on, reason, recorded_by, recorded_at)
     select id, $1, '2026-09-01', '2026-09-04', '研修', id, $2 from users where login like 'many-%'`,
    [user, AT],
  )
}

/** Instances of the engine, as the projector would have stored them; the first stands still. */
async function fillInstances(db: Database): Promise<void> {
  const model = shippedModels().find(({ processId }) => processId === 'p-5-2-tokusoku')
  await db.run(
    `insert into models (process_id, version, origin, xml, sha256, epoch, definition_key, engine_version, in_force_from)
     values ('p-5-2-tokusoku', 1, 'shipped', $1, 'x', 1, 77, 1, $2)`,
    [model?.xml ?? '', AT],
  )
  await db.run(
    `insert into trace_instances (epoch, process_instance_key, process_id, engine_version, definition_key, state, started_at)
     select 1, ${KEY} + n, 'p-5-2-tokusoku', 1, 77, 'active', $1 from generate_series(1, ${MANY}) n`,
    [AT],
  )
  await db.run(
    `insert into engine_instances (epoch, process_instance_key, run_id, is_duplicate, seen_at)
     select 1, ${KEY} + row_number() over (order by number), id, false, $1 from runs where number >= 'R8-52-5000' order by number limit ${MANY}`,
    [AT],
  )
  for (const [part, id, type, state] of [
    [1, 'Start', 'START_EVENT', 'completed'],
    [2, 'Step_001', 'SERVICE_TASK', 'active'],
  ] as const)
    await db.run(
      `insert into trace_elements (epoch, element_instance_key, process_instance_key, scope_key, element_id, element_type, state, position, activated_at)
       select 1, ${KEY * 2 * part} + n, ${KEY} + n, ${KEY} + n, $1, $2, $3, ${part * MANY} + n, $4 from generate_series(1, ${MANY}) n`,
      [id, type, state, AT],
    )
  await db.run(
    `insert into trace_incidents (epoch, incident_key, process_instance_key, element_instance_key, element_id, job_key, error_type, message, created_at)
     select 1, ${KEY * 8} + n, ${KEY} + n, ${KEY * 4} + n, 'Step_001', ${KEY * 9} + n, 'JOB_NO_RETRIES', 'NOTE-001 設定がありません', $1
     from generate_series(1, ${MANY}) n`,
    [AT],
  )
}

/** The instance that 実行状況 is opened with. */
export const INSTANCE = String(KEY + MANY)
