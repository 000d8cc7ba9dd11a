import { randomUUID } from 'node:crypto'
import type { Database } from '#db/database.ts'

/** A made-up 滞納者一覧 of any length with an open task, written by SQL: synthetic people, numbers and yen. */
export interface ReviewList {
  readonly runId: string
  readonly taskId: string
  readonly worksheetId: bigint
}

/** Every fifth row is a second instalment of a person; every 9,973th person is under 抑止. */
const STATEMENTS = (n: number): readonly string[] => [
  `insert into persons (atena_no) select lpad(g::text, 15, '0') from generate_series(1, ${n}) g`,
  `insert into person_versions (person_id, valid_from, recorded_at, resident_kind, name, kana, kana_folded, name_folded, born_on)
   select id, '2020-04-01', '2020-04-01', '住登内', '見本 ' || x || '郎', 'ミホン ' || x || 'ロウ', 'ミホン' || x || 'ロウ', '見本' || x || '郎',
     date '1930-01-01' + (id % 7000)::int
   from (select id, (id * 7919 % ${n})::text as x from persons) p`,
  `insert into insured (insured_no, person_id) select lpad((id * 7 % 99999989)::text, 8, '0'), id from persons`,
  `insert into protections (person_id, measure, starts_on, recorded_at)
   select id, '本', '2025-04-01', '2025-04-01' from persons where id % 9973 = 7`,
  `insert into instalments (fuka_year, chotei_year, tsuchisho_no, period, method, insured_id, due_on, recorded_at)
   select 2026, 2026, lpad(g::text, 10, '0'), lpad((1 + g % 8)::text, 2, '0'), '普徴', i.id, date '2026-07-31' - (g % 5 * 30), '2026-06-01'
   from generate_series(1, ${n}) g join insured i on i.id = case when g % 5 = 0 then g - 1 else g end`,
]

const ROWS = (n: number): string =>
  `insert into worksheet_rows (worksheet_id, row_no, instalment_id, insured_id, yen, verdict, reason, other_reasons, flags)
   select $1, i.id, i.id, i.insured_id, 1000 + i.id * 37 % 60000,
     case when i.id % 97 = 0 then '要確認' when i.id % 11 = 0 then '除外' else '対象' end,
     case when i.id % 97 = 0 then (array['A06','A07','A08','A13'])[1 + i.id % 4] when i.id % 11 = 0 then (array['A01','A02','A03','A04'])[1 + i.id % 4] end,
     '{}', case when i.id % 13 = 0 then array['F-初'] when i.id % 17 = 0 then array['F-高','F-残'] when i.id % 1999 = 0 then array['F-同'] else '{}' end
   from instalments i order by i.id limit ${n}`
const DETAILS = `insert into delinquent_rows (worksheet_id, row_no, due_on, charged_yen, received_yen, unpaid_yen, fee_yen, entaikin_yen, limit_on,
     prescribes_on, days_late, overpaid_yen, addressee_kind, payment_method, change, previous_unpaid_yen)
   select r.worksheet_id, r.row_no, i.due_on, r.yen + 500, 500, r.yen, 0, r.yen / 100, i.due_on + 20, null, 20 + r.row_no % 900, r.row_no % 3 * 100,
     (array['本人','代理','相続人代表'])[1 + r.row_no % 3], (array['納付書','口座振替(不能)'])[1 + r.row_no % 2],
     (array['同じ','新しい','額が変更'])[1 + r.row_no % 3], case when r.row_no % 3 > 0 then r.yen - 10 end
   from worksheet_rows r join instalments i on i.id = r.instalment_id where r.worksheet_id = $1`

/** Fills an empty, migrated database. `owner` is koki_owner: it also gathers the statistics that time would bring. */
export async function fillReviewList(owner: Database, rows: number): Promise<ReviewList> {
  const [runId, stepRunId, taskId] = [randomUUID(), randomUUID(), randomUUID()]
  for (const statement of STATEMENTS(rows)) await owner.run(statement)
  await owner.run(
    `insert into runs (id, number, flow, title, params, options, variables, state, created_at)
     values ($1, 'R8-52-0001', '5-2-tokusoku', '令和8年度 第1期 督促', '{}', '{"versions": []}', '{"asOf": "2026-08-12"}', 'running', '2026-08-14T00:00:00Z')`,
    [runId],
  )
  await owner.run(
    `insert into step_runs (id, run_id, step_id, round, epoch, element_instance_key, job_key, state, input, created_at)
     values ($1, $2, '5-2-tokusoku/001-identify-delinquents', 1, 1, 1, 1, 'done', '{}', '2026-08-14T00:00:00Z')`,
    [stepRunId, runId],
  )
  const { id: worksheetId } = await owner.one<{ id: bigint }>(
    `insert into worksheets (run_id, step_run_id, attempt, kind, version, state, posting_number)
     values ($1, $2, 1, 'delinquents', 1, 'building', 0) returning id`,
    [runId, stepRunId],
  )
  await owner.run(ROWS(rows), [worksheetId])
  await owner.run(DETAILS, [worksheetId])
  await owner.run(
    `update worksheets set state = 'ready', row_count = $2, hash = 'bench', built_at = '2026-08-14T00:00:00Z' where id = $1`,
    [worksheetId, rows],
  )
  await owner.run(
    `insert into tasks (id, epoch, job_key, element_instance_key, process_instance_key, run_id, step_run_id, flow, step_id, name,
       candidate_role, state, worksheet_id, created_at)
     values ($1, 1, 2, 2, 1, $2, $3, '5-2-tokusoku', '5-2-tokusoku/002-confirm-delinquents', '督促・滞納者確認', 'koki', 'open', $4,
       '2026-08-14T00:00:00Z')`,
    [taskId, runId, stepRunId, worksheetId],
  )
  await owner.run('analyze')
  return { runId, taskId, worksheetId }
}
