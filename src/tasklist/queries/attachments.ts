import type { Static } from 'typebox'
import type { PlainDate } from '#kernel/plain-date.ts'
import { guard } from '#access/masking.ts'
import { protectedAttachment } from '#access/protected-attachment.ts'
import type { CurrentUser } from '#access/users.ts'
import type { Sql } from '#db/database.ts'
import { ATTACHMENT_TYPES, type AttachmentType } from '#runtime/attachments/types.ts'
import type { Attachment } from '../attachments.schema.ts'
import { stepNo } from './task-list.ts'

type View = Static<typeof Attachment>

/** An attachment as it stands in the books, with everything that masks and rights depend on. */
export interface StoredAttachment {
  readonly attachmentId: string
  readonly taskId: string
  readonly runId: string | null
  readonly stepId: string
  readonly taskState: string
  readonly type: AttachmentType
  readonly name: string
  readonly byteSize: bigint
  readonly sha256: string
  readonly addedByUser: bigint
  readonly addedBy: string
  readonly addedAt: string
  readonly insuredId: string | null
  readonly insuredNo: string | null
  readonly personName: string | null
  readonly isProtected: boolean
  readonly withdrawnBy: string | null
  readonly withdrawnAt: string | null
  readonly withdrawalReason: string | null
}

const SELECT = `
  select a.id::text as "attachmentId", a.task_id as "taskId", t.run_id as "runId", t.step_id as "stepId", t.state as "taskState",
    a.type, a.name, a.byte_size as "byteSize", a.sha256, a.user_id as "addedByUser", s.name as "addedBy", a.at as "addedAt",
    a.insured_id::text as "insuredId", n.insured_no as "insuredNo", p.name as "personName",
    ${protectedAttachment('$1::date')} as "isProtected",
    ws.name as "withdrawnBy", w.at as "withdrawnAt", w.reason as "withdrawalReason"
  from task_attachments a join tasks t on t.id = a.task_id
  join users u on u.id = a.user_id join staff s on s.id = u.staff_id
  left join insured n on n.id = a.insured_id
  left join person_versions p on p.person_id = n.person_id and p.superseded_at is null and p.valid_to is null
  left join task_attachment_withdrawals w on w.attachment_id = a.id
  left join users wu on wu.id = w.user_id left join staff ws on ws.id = wu.staff_id`

/** Those of a task, or of all tasks of a run; newest first. */
export async function attachmentsOf(
  sql: Sql,
  of: { readonly taskId: string } | { readonly runId: string },
  { today, limit, offset }: { readonly today: PlainDate; readonly limit: number; readonly offset: number },
): Promise<{ readonly items: StoredAttachment[]; readonly total: number }> {
  const [column, id] = 'taskId' in of ? ['t.id', of.taskId] : ['t.run_id', of.runId]
  const { total } = await sql.one<{ total: number }>(
    `select count(*)::int as total from task_attachments a join tasks t on t.id = a.task_id
     where ${column} = $1`,
    [id],
  )
  const items = await sql.rows<StoredAttachment>(
    `${SELECT} where ${column} = $2 order by a.id desc limit $3 offset $4`,
    [today, id, limit, offset],
  )
  return { items, total }
}

/** One of a task, or null. */
export const attachmentOf = (
  sql: Sql,
  { taskId, attachmentId }: { readonly taskId: string; readonly attachmentId: string },
  today: PlainDate,
): Promise<StoredAttachment | null> =>
  sql.maybe<StoredAttachment>(`${SELECT} where t.id = $2 and a.id = $3`, [today, taskId, BigInt(attachmentId)])

export const attachmentCount = async (sql: Sql, taskId: string): Promise<number> =>
  (await sql.one<{ n: number }>(`select count(*)::int as n from task_attachments where task_id = $1`, [taskId])).n

const isLead = ({ roles }: CurrentUser): boolean => roles.includes('kakaricho')
const isAuditor = ({ roles }: CurrentUser): boolean => roles.includes('kansa')

/** What was taken back is looked at by who answers for it and who audits it. */
export const maySeeWithdrawn = (user: CurrentUser): boolean => isLead(user) || isAuditor(user)

/** As it may leave the server. */
export function attachmentView(stored: StoredAttachment, user: CurrentUser): View {
  const { attachmentId, taskId, type, sha256, addedBy, addedAt, isProtected } = stored
  const { insuredId, insuredNo, personName, withdrawnBy, withdrawnAt, withdrawalReason } = stored
  const isWithdrawn = withdrawnAt !== null
  const maySee = !isWithdrawn || maySeeWithdrawn(user)
  const mayWork = isLead(user) || stored.addedByUser === user.userId
  return {
    attachmentId,
    taskId,
    step: stepNo(stored.stepId),
    type,
    typeLabel: ATTACHMENT_TYPES[type].label,
    name: guard(stored.name, isProtected),
    byteSize: Number(stored.byteSize),
    sha256,
    addedBy,
    addedAt,
    person: insuredId === null ? null : { insuredId, insuredNo: insuredNo ?? '', personName: personName ?? '' },
    isProtected,
    withdrawn: isWithdrawn
      ? { by: withdrawnBy ?? '', at: withdrawnAt, reason: guard(withdrawalReason, isProtected) }
      : null,
    canOpen: maySee && !isProtected,
    canDisclose: isProtected && isLead(user),
    canWithdraw: !isWithdrawn && stored.taskState === 'open' && mayWork,
  }
}
