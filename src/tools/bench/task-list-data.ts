import { withClient } from './office.ts'

/** Flows of the made-up tasks: the names of the 19 official ones, whether their models are here or not. */
const FLOWS = [
  '1-1-yokushi',
  '2-1-shikaku-ido',
  '2-2-hihokenshasho-saihakko',
  '3-2-zantei-fuka',
  '3-3-karichoshu-henko',
  '3-4-kakutei-fuka',
  '3-5-ido-fuka',
  '3-6-koza-furikae-irai',
  '3-7-nofu-hoho-henko',
  '3-8-genmen-yuyo',
  '3-9-shotoku-haaku',
  '4-2-shuno-jishu',
  '4-3-shuno-koza',
  '4-4-shuno-tokucho',
  '4-5-kanpu-juto',
  '4-6-nofu-shomei',
  '5-2-tokusoku',
  '5-3-saikoku-yuyo',
  '5-4-tainoshobun',
] as const

/** Rows of each task's list. */
const ROWS = 3

/**
 * An office with `tasks` open tasks, each of its own run with a list of three people, a tenth of as many finished ones, and
 * `users` 担当 who hold a hundredth of them. 期限 lie 20 days around `today`.
 */
export async function fillTaskOffice(
  ownerUrl: string,
  { tasks, users, today }: { readonly tasks: number; readonly users: number; readonly today: string },
): Promise<void> {
  const all = Math.ceil(tasks * 1.1)
  const flow = `(array[${FLOWS.map((name) => `'${name}'`).join(', ')}])[1 + n % ${FLOWS.length}]`
  const id = (kind: string) => `md5('${kind}' || n)::uuid`
  const at = `'${today}T00:00:00Z'::timestamptz`
  await withClient(ownerUrl, async (client) => {
    const run = (sql: string): Promise<unknown> => client.query(sql)
    await run(`insert into engine_epochs (epoch, started_at, note) values (1, ${at}, 'bench')`)
    await run(`insert into staff (name) select '見本 担当' || n from generate_series(1, ${users}) n`)
    await run(
      `insert into users (staff_id, login, created_at) select id, 'bench' || row_number() over (order by id), ${at} from staff`,
    )
    await run(
      `insert into user_roles (user_id, role, valid_from, recorded_at)
       select id, case when id % 10 = 0 then 'kakaricho' else 'tantou' end, '2026-01-01', ${at} from users`,
    )
    await run(`insert into persons (atena_no) select lpad(n::text, 15, '0') from generate_series(1, ${all}) n`)
    await run(
      `insert into person_versions (person_id, valid_from, recorded_at, resident_kind, name, kana, kana_folded, name_folded)
       select id, '2020-01-01', ${at}, '住登内', '見本 ' || id || '郎', 'ミホン ' || id || 'ロウ', 'ミホン' || id || 'ロウ', '見本' || id || '郎' from persons`,
    )
    await run(`insert into insured (insured_no, person_id) select lpad(id::text, 8, '0'), id from persons`)
    await run(
      `insert into runs (id, number, flow, title, params, options, state, created_at)
       select ${id('run')}, 'R8-' || lpad((n % ${FLOWS.length})::text, 2, '0') || '-' || lpad(n::text, 6, '0'), ${flow}, '見本の処理 ' || n,
         jsonb_build_object('dueOn', (date '${today}' - 30 * (n % 10))::text), '{}', 'running', ${at} - n * interval '1 second'
       from generate_series(1, ${all}) n`,
    )
    await run(
      `insert into step_runs (id, run_id, step_id, round, epoch, element_instance_key, job_key, state, input, created_at)
       select ${id('step')}, ${id('run')}, ${flow} || '/002-confirm', 1 + (n % 50 = 0)::int, 1, n, n, 'open', '{}', ${at}
       from generate_series(1, ${all}) n`,
    )
    await run(
      `insert into worksheets (run_id, step_run_id, attempt, kind, version, state, posting_number, row_count, sum_yen, hash, built_at)
       select ${id('run')}, ${id('step')}, 1, 'bench', 1, 'building', 0, ${ROWS}, ${ROWS} * (n % 997) * 100, 'x', ${at}
       from generate_series(1, ${all}) n`,
    )
    await run(
      `insert into worksheet_rows (worksheet_id, row_no, instalment_id, insured_id, yen, verdict)
       select n, k, n * ${ROWS} + k, 1 + (n * 7 + k * 31) % ${all}, (n % 997) * 100, '対象'
       from generate_series(1, ${all}) n, generate_series(1, ${ROWS}) k`,
    )
    await run(`update worksheets set state = 'ready'`)
    await run(
      `insert into tasks (id, epoch, job_key, element_instance_key, process_instance_key, run_id, step_run_id, flow, step_id, name,
         candidate_role, state, assignee, due_on, worksheet_id, created_at)
       select ${id('task')}, 1, n, n, n, ${id('run')}, ${id('step')}, ${flow}, ${flow} || '/002-confirm', '対象者の確認', 'koki',
         case when n <= ${tasks} then 'open' else 'completed' end,
         case when n % 100 = 0 then 1 + (n / 100) % ${users} end,
         case when n % 17 <> 0 then date '${today}' - 20 + n % 41 end, n, ${at} - n * interval '1 second'
       from generate_series(1, ${all}) n`,
    )
    await run('vacuum analyze')
  })
}
