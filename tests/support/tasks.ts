import { randomUUID } from 'node:crypto'
import type { Database } from '#db/database.ts'

/** A task as a test wants it; what is left out does not matter. */
export interface NewTask {
  readonly dueOn?: string | null
  readonly number?: string
  /** 納期限 of the run. */
  readonly levyDueOn?: string
  /** 宛名番号 of the people on its list; without them it has no list. */
  readonly rows?: readonly number[]
  /** 円 of each row of the list. */
  readonly yen?: number
}

let made = 0

/** Open tasks of 5.2 002, each of a run of its own, made as rows: for tests of the list. Answers their ids, in a sortable order. */
export async function newTasks(db: Database, tasks: readonly NewTask[]): Promise<readonly string[]> {
  const ids = tasks.map(() => randomUUID()).toSorted()
  await db.run(`insert into engine_epochs (epoch, started_at, note) values (1, now(), 'test') on conflict do nothing`)
  await db.tx(async (tx) => {
    for (const [n, task] of tasks.entries()) {
      const key = 500_000 + ++made
      const [runId, stepRunId, id] = [randomUUID(), randomUUID(), ids[n] ?? '']
      await tx.run(
        `insert into runs (id, number, flow, title, params, options, state, created_at)
         values ($1, $2, '5-2-tokusoku', '試験', $3, '{"versions": []}', 'running', '2026-11-01T00:00:00Z')`,
        [runId, task.number ?? `R8-52-${key}`, JSON.stringify(task.levyDueOn ? { dueOn: task.levyDueOn } : {})],
      )
      await tx.run(
        `insert into step_runs (id, run_id, step_id, round, epoch, element_instance_key, job_key, state, input, created_at)
         values ($1, $2, '5-2-tokusoku/002-confirm-delinquents', 1, 1, $3, $3, 'open', '{}', '2026-11-01T00:00:00Z')`,
        [stepRunId, runId, key],
      )
      const sheet = task.rows ? await newSheet(tx, { runId, stepRunId, rows: task.rows, yen: task.yen ?? 0 }) : null
      await tx.run(
        `insert into tasks (id, epoch, job_key, element_instance_key, process_instance_key, run_id, step_run_id, flow, step_id,
           name, candidate_role, state, due_on, worksheet_id, created_at)
         values ($1, 1, $2, $2, $2, $3, $4, '5-2-tokusoku', '5-2-tokusoku/002-confirm-delinquents', '督促・滞納者確認', 'koki',
           'open', $5, $6, '2026-11-01T00:00:00Z')`,
        [id, key, runId, stepRunId, task.dueOn ?? null, sheet],
      )
    }
  })
  return ids
}

async function newSheet(
  tx: Pick<Database, 'one' | 'run'>,
  sheet: { readonly runId: string; readonly stepRunId: string; readonly rows: readonly number[]; readonly yen: number },
): Promise<bigint> {
  const { id } = await tx.one<{ id: bigint }>(
    `insert into worksheets (run_id, step_run_id, attempt, kind, version, state, posting_number, row_count, sum_yen, hash, built_at)
     values ($1, $2, 1, 'test', 1, 'building', 0, $3, $4, 'x', '2026-11-01T00:00:00Z') returning id`,
    [sheet.runId, sheet.stepRunId, sheet.rows.length, sheet.rows.length * sheet.yen],
  )
  for (const [n, person] of sheet.rows.entries())
    await tx.run(
      `insert into worksheet_rows (worksheet_id, row_no, instalment_id, insured_id, yen, verdict)
       select $1, $2, 0, id, $3, '対象' from insured where insured_no = lpad($4::text, 8, '0')`,
      [id, n + 1, sheet.yen, String(person)],
    )
  await tx.run(`update worksheets set state = 'ready' where id = $1`, [id])
  return id
}
