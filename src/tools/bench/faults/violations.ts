import { verifyJournal } from '#audit/verify.ts'
import type { Database } from '#db/database.ts'
import { checkLedger } from '#ledger/check.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { checkRun } from '#runtime/check-run.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'

/** Each asks for what must not be there after a run, $1, has ended. */
const NEVER: Readonly<Record<string, string>> = {
  二つの実行が働いた: `select from engine_instances i join runs r on r.id = i.run_id
     where i.run_id = $1 and not i.is_duplicate and i.process_instance_key <> r.process_instance_key`,
  一つの期別に生きた督促状が二つ: `select from notices where run_id = $1 and state in ('made', 'released', 'dispatched')
     group by instalment_id having count(*) > 1`,
  書きかけの督促状: `select from notices where run_id = $1 and state = 'staged'`,
  書きかけの確認一覧: `select from worksheets where run_id = $1 and state = 'building'`,
  終わらない工程: `select from step_runs where run_id = $1 and state in ('open', 'failed')`,
  終わらない作業: `select from tasks where run_id = $1 and state in ('preparing', 'open', 'completing')`,
  一回の工程に作業が二つ: `select from tasks where run_id = $1 group by step_run_id having count(*) > 1`,
  出し残した連絡: `select from outbox where run_id = $1 and state = 'pending'`,
  隔離した記録: `select from engine_quarantine where $1::uuid is not null`,
  片付かない警報: `select from engine_alarms where cleared_at is null and kind <> 'outbox-late' and $1::uuid is not null`,
}

/**
 * What is not as it must be: the engine's and the flow's rows, the fourteen 不変条件 of the run, the books, the journal.
 * Empty: all is well.
 */
export async function violationsOf(db: Database, runId: string, today: PlainDate): Promise<readonly string[]> {
  const found: string[] = []
  for (const { number, statement, count } of await checkRun(db, tokusoku.invariants ?? [], runId, today))
    if (count > 0) found.push(`検算 ${number} ${statement}: ${count}件`)
  for (const [name, query] of Object.entries(NEVER)) {
    const rows = await db.rows(query, [runId])
    if (rows.length > 0) found.push(`${name}: ${rows.length}件`)
  }
  for (const { code, title, count } of await db.tx(checkLedger))
    if (count > 0n) found.push(`台帳 ${code} ${title}: ${count}件`)
  const { firstBad } = await verifyJournal(db)
  if (firstBad !== null) found.push(`監査の記録: ${firstBad.message}`)
  return found
}
