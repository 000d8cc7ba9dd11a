import type { PlainDate } from '#kernel/plain-date.ts'
import { protectedAttachment } from '#access/protected-attachment.ts'
import { protectedWords } from '#access/protected-words.ts'
import { ofRun } from '#audit/of-run.ts'
import type { Sql } from '#db/database.ts'
import type { AttachmentType } from '#runtime/attachments/types.ts'

/** What stands in the books about one run, as rows; `evidence-page.ts` turns them into words. All by `runId`. */
export interface RunFacts {
  readonly run: {
    readonly flow: string
    readonly number: string
    readonly title: string
    readonly state: 'running' | 'finished' | 'cancelled'
    readonly outcome: string | null
    readonly params: Readonly<Record<string, unknown>>
    readonly options: unknown
    readonly startedBy: string | null
    readonly createdAt: string
    readonly finishedAt: string | null
  }
  readonly steps: readonly {
    readonly stepId: string
    readonly round: number
    readonly state: 'open' | 'done' | 'failed' | 'cancelled'
    readonly by: string | null
    readonly startedAt: string | null
    readonly finishedAt: string | null
    readonly posting: bigint | null
    readonly output: Readonly<Record<string, unknown>> | null
  }[]
  readonly lists: readonly {
    readonly kind: string
    readonly version: number
    readonly rows: bigint
    readonly hash: string | null
    readonly decision: string | null
    readonly targets: bigint | null
    readonly sumYen: bigint | null
    readonly proposedBy: string | null
    readonly decidedBy: string | null
    readonly decidedAt: string | null
  }[]
  readonly marks: readonly {
    readonly kind: string
    readonly version: number
    readonly action: string
    readonly reason: string | null
    readonly by: string
    readonly count: bigint
  }[]
  readonly attachments: readonly {
    readonly stepId: string
    readonly type: AttachmentType
    readonly name: string
    readonly isProtected: boolean
    readonly byteSize: bigint
    readonly sha256: string
    readonly by: string
    readonly at: string
    readonly withdrawnBy: string | null
    readonly withdrawnAt: string | null
    readonly withdrawalReason: string | null
  }[]
  readonly notices: readonly { readonly state: string; readonly count: bigint }[]
  readonly postings: readonly { readonly kind: string; readonly count: bigint; readonly sumYen: bigint }[]
  readonly events: readonly {
    readonly id: bigint
    readonly at: string
    readonly kind: string
    readonly actor: string
    readonly terminal: string
    readonly stepId: string | null
    readonly payload: string
    readonly hash: string
    readonly seal: bigint | null
    readonly isMasked: boolean
  }[]
  readonly instances: readonly {
    readonly epoch: number
    readonly key: bigint
    readonly processId: string
    readonly version: number | null
    readonly sha256: string | null
    readonly xml: string | null
    readonly startedAt: string | null
    readonly endedAt: string | null
  }[]
  readonly lastSeal: { readonly number: bigint; readonly hash: string } | null
}

/** Reads all of it in the caller's snapshot. The run must exist. */
export async function runFacts(sql: Sql, runId: string, today: PlainDate): Promise<RunFacts> {
  return {
    run: await sql.one(
      `select r.flow, r.number, r.title, r.state, r.outcome, r.params, r.options, s.name as "startedBy", r.created_at as "createdAt",
         r.finished_at as "finishedAt"
       from runs r left join users u on u.id = r.started_by left join staff s on s.id = u.staff_id where r.id = $1`,
      [runId],
    ),
    steps: await sql.rows(STEPS, [runId]),
    lists: await sql.rows(LISTS, [runId]),
    marks: await sql.rows(MARKS, [runId]),
    attachments: await sql.rows(ATTACHMENTS, [runId, today]),
    notices: await sql.rows(
      `select state, count(distinct coalesce(letter_id, id)) as count from notices where run_id = $1 group by state order by state`,
      [runId],
    ),
    postings: await sql.rows(
      `select p.kind, count(*) as count, coalesce(sum(m.yen), 0)::bigint as "sumYen"
       from postings p left join movements m on m.posting_number = p.number where p.cause_run_id = $1 group by 1 order by 1`,
      [runId],
    ),
    events: await sql.rows(EVENTS, [runId, today]),
    instances: await sql.rows(INSTANCES, [runId]),
    lastSeal: await sql.maybe(`select number, hash from audit_seals order by number desc limit 1`),
  }
}

const STEPS = `
  select sr.step_id as "stepId", sr.round, sr.state, coalesce(s.name, case when sr.state = 'done' then 'システム' end) as by,
    coalesce(sr.started_at, sr.created_at) as "startedAt", sr.finished_at as "finishedAt", sr.posting_number as posting, sr.output
  from step_runs sr
  left join lateral (select decided_by from worksheet_reviews w where w.step_run_id = sr.id order by w.id desc limit 1) d on true
  left join tasks t on t.step_run_id = sr.id
  left join users u on u.id = coalesce(d.decided_by, t.assignee) left join staff s on s.id = u.staff_id
  where sr.run_id = $1 order by sr.created_at, sr.round`
const LISTS = `
  select w.kind, w.version, w.row_count as rows, w.hash, v.decision, v.target_count as targets, v.sum_yen as "sumYen",
    ps.name as "proposedBy", ds.name as "decidedBy", v.decided_at as "decidedAt"
  from worksheets w left join worksheet_reviews v on v.worksheet_id = w.id
  left join users pu on pu.id = v.proposed_by left join staff ps on ps.id = pu.staff_id
  left join users du on du.id = v.decided_by left join staff ds on ds.id = du.staff_id
  where w.run_id = $1 and w.state = 'ready' order by w.built_at, w.kind, w.version, v.id`
const MARKS = `
  select w.kind, w.version, k.action, k.reason, s.name as by, count(*) as count
  from worksheet_marks k join worksheets w on w.id = k.worksheet_id
  join users u on u.id = k.user_id join staff s on s.id = u.staff_id
  where w.run_id = $1 group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`
const ATTACHMENTS = `
  select t.step_id as "stepId", a.type, a.name, ${protectedAttachment('$2::date')} as "isProtected", a.byte_size as "byteSize",
    a.sha256, s.name as by, a.at, ws.name as "withdrawnBy", w.at as "withdrawnAt", w.reason as "withdrawalReason"
  from task_attachments a join tasks t on t.id = a.task_id
  join users u on u.id = a.user_id join staff s on s.id = u.staff_id
  left join task_attachment_withdrawals w on w.attachment_id = a.id
  left join users wu on wu.id = w.user_id left join staff ws on ws.id = wu.staff_id
  where t.run_id = $1 order by a.id`
const EVENTS = `
  select e.id, e.at, e.kind, coalesce(s.name, e.actor) as actor, e.terminal, coalesce(t.step_id, sr.step_id) as "stepId",
    e.payload, e.hash, q.number as seal, ${protectedWords('$2::date')} as "isMasked"
  from audit_events e left join users u on u.id = e.actor_user_id left join staff s on s.id = u.staff_id
  left join tasks t on t.id = e.task_id left join step_runs sr on sr.id = e.step_run_id left join audit_seals q on q.event_id = e.id
  where ${ofRun('$1')} order by e.id`
const INSTANCES = `
  select e.epoch, e.process_instance_key as key, coalesce(i.process_id, m.process_id, '') as "processId", m.version, m.sha256,
    m.xml, i.started_at as "startedAt", i.ended_at as "endedAt"
  from engine_instances e left join trace_instances i using (epoch, process_instance_key)
  left join models m on m.epoch = i.epoch and m.definition_key = i.definition_key
  where e.run_id = $1 order by e.epoch, e.process_instance_key`
