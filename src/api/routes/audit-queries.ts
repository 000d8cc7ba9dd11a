import type { Static } from 'typebox'
import { protectedWords } from '#access/protected-words.ts'
import { changesOf, contentOf, whyOf } from '#audit/changes.ts'
import { describeEvent, kindsOf } from '#audit/describe.ts'
import { ofRun } from '#audit/of-run.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import type { Sql, SqlValue } from '#db/database.ts'
import { settingChanges } from '../settings/setting-changes.ts'
import type { AuditDetail, AuditLine } from './audit.schema.ts'

type Line = Static<typeof AuditLine>
type Detail = Static<typeof AuditDetail>

export interface AuditFilter {
  readonly from?: string
  readonly to?: string
  readonly actor?: string
  readonly terminal?: string
  readonly category?: string
  readonly runId?: string
  readonly taskId?: string
  /** 被保険者番号, 処理番号, 通知書番号, a file's name: personal, so it comes by POST. */
  readonly subject?: string
}

interface Row {
  readonly id: bigint
  readonly at: string
  readonly kind: string
  readonly actor: string
  readonly terminal: string
  readonly runId: string | null
  readonly taskId: string | null
  readonly number: string | null
  readonly step: string | null
  readonly insuredNo: string | null
  readonly subjects: number
  readonly fileName: string | null
  /** 「municipality/notices」 of a setting. */
  readonly subjectId: string | null
  readonly payload: string
  readonly sealNumber: bigint | null
}

// `case` keeps the cast away from ids that are no numbers: join conditions have no order.
const FROM = `
  audit_events e
  left join users u on u.id = e.actor_user_id left join staff s on s.id = u.staff_id
  left join runs r on r.id = e.run_id
  left join tasks t on t.id = e.task_id
  left join audit_seals q on q.event_id = e.id
  left join insured n on n.id = case when e.subject_kind = 'insured' then e.subject_id::bigint end
  left join files f on e.subject_kind = 'file' and f.id::text = e.subject_id`
const SELECT = `
  select e.id, e.at, e.kind, coalesce(s.name, e.actor) as actor, e.terminal, e.run_id as "runId", e.task_id as "taskId",
    r.number, t.name as step, n.insured_no as "insuredNo", f.name as "fileName", e.subject_id as "subjectId",
    (select count(*)::int from audit_event_subjects x where x.event_id = e.id) as subjects, e.payload,
    q.number as "sealNumber"`

/** A page of 監査の記録, newest first. */
export async function auditPage(
  sql: Sql,
  filter: AuditFilter,
  page: { readonly limit: number; readonly before: bigint | null; readonly offset: number },
): Promise<{ readonly items: Line[]; readonly total: number; readonly nextCursor: string | null }> {
  const parts = ['true']
  const params: SqlValue[] = []
  const place = (value: SqlValue): string => `$${params.push(value)}`
  if (filter.from) parts.push(`e.at >= (${place(filter.from)}::date::timestamp at time zone 'Asia/Tokyo')`)
  if (filter.to) parts.push(`e.at < ((${place(filter.to)}::date + 1)::timestamp at time zone 'Asia/Tokyo')`)
  if (filter.actor) parts.push(`e.actor = ${place(filter.actor)}`)
  if (filter.terminal) parts.push(`e.terminal = ${place(filter.terminal)}`)
  if (filter.category) parts.push(`e.kind = any(${place(kindsOf(filter.category.split(',')))}::text[])`)
  if (filter.runId) parts.push(ofRun(place(filter.runId)))
  if (filter.taskId) parts.push(`e.task_id = ${place(filter.taskId)}`)
  if (filter.subject) parts.push(subjectSql(place(filter.subject.trim())))
  const where = parts.join(' and ')
  const { total } = await sql.one<{ total: number }>(
    `select count(*)::int as total from audit_events e left join runs r on r.id = e.run_id where ${where}`,
    params,
  )
  const before = page.before === null ? '' : `and e.id < ${place(page.before)}`
  const rows = await sql.rows<Row>(
    `${SELECT} from ${FROM} where ${where} ${before} order by e.id desc limit ${place(page.limit + 1)} offset ${place(page.offset)}`,
    params,
  )
  const items = rows.slice(0, page.limit)
  return {
    items: items.map(lineOf),
    total,
    nextCursor: rows.length > page.limit ? String(items.at(-1)?.id) : null,
  }
}

/** Events of a run by its number, of a person by 被保険者番号 or one of their 通知書番号. */
const subjectSql = (at: string): string => `(r.number = ${at} or e.id in (
  select x.event_id from audit_event_subjects x where x.kind = 'insured' and x.subject_id in (
    select n.id::text from insured n where n.insured_no = ${at}
    union select i.insured_id::text from instalments i where i.tsuchisho_no = ${at})))`

function lineOf(row: Row): Line {
  const content = contentOf(row.payload)
  const said = describeEvent(row.kind, content)
  return {
    eventId: `${row.id}`,
    at: row.at,
    kind: row.kind,
    category: said.category,
    label: said.label,
    actor: row.actor,
    terminal: row.terminal,
    subject: subjectOf(row, content),
    summary: said.summary,
    runId: row.runId,
    runNumber: row.number,
    taskId: row.taskId,
    sealNumber: row.sealNumber === null ? null : `${row.sealNumber}`,
  }
}

function subjectOf(
  { insuredNo, fileName, number, step, subjects }: Row,
  { title, login }: Readonly<Record<string, unknown>>,
): string {
  if (typeof title === 'string') return title // a setting, as its screen calls it
  if (typeof login === 'string') return `職員 ${login}`
  if (insuredNo !== null) return `被保険者 ${insuredNo}`
  if (fileName !== null) return fileName
  const run = [step, number].filter((part) => part !== null).join(' ')
  return subjects > 1 ? `${run}${run === '' ? '' : ' '}${subjects}人` : run
}

/** One event with its seal, or null. What was typed about a person under 抑止 on `today` is 伏せている. */
export async function auditEvent(sql: Sql, id: bigint, today: PlainDate): Promise<Detail | null> {
  const row = await sql.maybe<
    Row & {
      hash: string
      previousHash: string | null
      sealHash: string | null
      sealedAt: string | null
      isMasked: boolean
    }
  >(
    `${SELECT}, e.hash, q.previous_hash as "previousHash", q.hash as "sealHash", q.sealed_at as "sealedAt",
       ${protectedWords('$2::date')} as "isMasked" from ${FROM} where e.id = $1`,
    [id, today],
  )
  if (row === null) return null
  const content = contentOf(row.payload)
  return {
    ...lineOf(row),
    isMasked: row.isMasked,
    why: row.isMasked ? null : whyOf(content),
    changes: row.isMasked ? [] : ((await settingChanges(sql, row.subjectId, content)) ?? changesOf(content)),
    payload: row.isMasked ? null : row.payload,
    hash: row.hash,
    previousHash: row.previousHash,
    sealHash: row.sealHash,
    sealedAt: row.sealedAt,
  }
}
