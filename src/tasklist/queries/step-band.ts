import type { Static } from 'typebox'
import type { Sql } from '#db/database.ts'
import type { FlowDefinition } from '#runtime/flow.ts'
import type { BandStep } from '../tasks.schema.ts'
import { stepNo } from './task-list.ts'

type Band = Static<typeof BandStep>

interface Last {
  readonly step_id: string
  readonly state: 'open' | 'done' | 'failed' | 'cancelled'
  readonly version: number
  readonly finished_at: string | null
  readonly created_at: string
  readonly task_id: string | null
}

/**
 * 工程の帯: every step of the flow as this run has come to it. A step that was done in an earlier round and comes again
 * after a 差戻し waits, unless it has been done since.
 */
export async function stepBand(
  sql: Sql,
  flow: FlowDefinition,
  run: { readonly id: string; readonly state: string; readonly variables: Readonly<Record<string, unknown>> },
): Promise<Band[]> {
  const rows = await sql.rows<Last>(
    `select distinct on (s.step_id) s.step_id, s.state, s.version, s.finished_at, s.created_at, t.id as task_id
     from step_runs s left join tasks t on t.run_id = s.run_id and t.step_run_id = s.id and t.state <> 'preparing'
     where s.run_id = $1 order by s.step_id, s.round desc, t.created_at desc`,
    [run.id],
  )
  const last = new Map(rows.map((row) => [row.step_id, row]))
  const positions = flow.steps.map(({ id }) => id)
  const newest = rows.toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1))[0]
  const reached = newest === undefined ? -1 : positions.indexOf(newest.step_id as (typeof positions)[number]) // -1 when unknown
  return flow.steps.map((step, position) => {
    const at = last.get(step.id)
    return {
      step: stepNo(step.id),
      name: step.officialName,
      kind: step.shape === 'human' ? 'human' : 'auto',
      state: stateOf(at, run.state, position > reached),
      version: at?.version ?? null,
      finishedAt: at?.state === 'done' && position <= reached ? at.finished_at : null,
      taskId: at?.task_id ?? null,
      plannedOn: step.shape === 'human' ? flow.dueOn(step.id, run.variables) : null,
    }
  })
}

function stateOf(at: Last | undefined, runState: string, isAhead: boolean): Band['state'] {
  if (at?.state === 'failed') return 'failed'
  if (at?.state === 'cancelled') return 'cancelled'
  if (at?.state === 'open') return runState === 'running' ? 'current' : 'cancelled'
  return at?.state === 'done' && !isAhead ? 'done' : 'waiting'
}
