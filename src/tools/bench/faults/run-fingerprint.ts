import { createHash } from 'node:crypto'
import type { Database } from '#db/database.ts'
import { worksheetHash } from '#runtime/worksheet/hash.ts'

/** What a run left behind, without ids, times and counts of attempts: equal for two runs over equal books. */
export interface RunFingerprint {
  readonly worksheets: readonly string[]
  readonly notices: string
  readonly noticeStates: readonly string[]
  readonly printFiles: readonly string[]
  readonly tainosha: readonly string[]
  readonly history: string
  readonly postings: string
  readonly events: readonly string[]
}

const hashOf = (rows: readonly object[]): string =>
  createHash('sha256')
    .update(JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)))
    .digest('hex')

export async function runFingerprint(db: Database, runId: string): Promise<RunFingerprint> {
  const sheets = await db.rows<{ id: bigint; kind: string; version: number }>(
    `select id, kind, version from worksheets where run_id = $1 and state = 'ready' order by kind, version`,
    [runId],
  )
  const worksheets: string[] = []
  for (const { id, kind, version } of sheets) worksheets.push(`${kind} ${version} ${await worksheetHash(db, id)}`)
  const notices = await db.rows(
    `select i.tsuchisho_no, i.period, n.state, n.pull_reason, n.version, n.print_no, n.slip_yen, n.view_sha256, n.printed
     from notices n join instalments i on i.id = n.instalment_id where n.run_id = $1 and n.state <> 'staged' order by n.version, n.print_no, i.tsuchisho_no`,
    [runId],
  )
  const states = await db.rows<{ state: string; n: number }>(
    `select state, count(*)::int as n from notices where run_id = $1 group by 1 order by 1`,
    [runId],
  )
  const printFiles = await db.rows<{ line: string }>(
    `select concat_ws(' ', number, version, notice_count, state, sha256) as line from print_files where run_id = $1 order by number, version`,
    [runId],
  )
  const tainosha = await db.rows<{ line: string }>(
    `select concat_ws(' ', version, line_count, sum_yen, state, sha256) as line from tainosha_files where run_id = $1 order by version`,
    [runId],
  )
  const history = await db.rows(
    `select i.tsuchisho_no, i.period, h.issued_on, h.designated_on, h.seizable_from, h.prescribes_on, h.fee_yen, h.late_warning
     from tokusoku_history h join instalments i on i.id = h.instalment_id where h.run_id = $1 order by 1, 2`,
    [runId],
  )
  const postings = await db.rows(
    `select p.number, p.kind, m.component, m.yen, m.debit_account, m.credit_account, i.tsuchisho_no, i.period
     from postings p join movements m on m.posting_number = p.number
     left join instalments i on i.id = coalesce(m.debit_instalment_id, m.credit_instalment_id) order by p.number, m.id`,
  )
  const events = await db.rows<{ line: string }>(
    `select kind || ' ' || coalesce(payload::jsonb->'payload'->>'step', '') || ' ' ||
       coalesce(((payload::jsonb->'payload'->'output') - 'fileId')::text, '') as line
     from audit_events where run_id = $1 and kind not in ('read', 'output', 'task-claimed', 'task-opened', 'engine.run-moved') order by id`,
    [runId],
  )
  return {
    worksheets,
    notices: hashOf(notices),
    noticeStates: states.map(({ state, n }) => `${state} ${n}`),
    printFiles: printFiles.map(({ line }) => line),
    tainosha: tainosha.map(({ line }) => line),
    history: hashOf(history),
    postings: hashOf(postings),
    events: events.map(({ line }) => line),
  }
}
