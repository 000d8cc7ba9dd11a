import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import { notifyChange } from '#db/notify-change.ts'
import type { Tx } from '#db/database.ts'
import { checkSameList, inTask, type Act } from '../act.ts'
import { actorOf } from '../actor.ts'
import type { RuntimeDeps } from '../deps.ts'
import type { FileStore } from '../file-store.ts'
import { notifyUsers } from '../notify-users.ts'
import type { LockedTask } from '../task-lock.ts'
import { glanceAt } from './glance.ts'
import { ATTACHMENT_TYPES, isNamedAs, typeOfBytes, type AttachmentType, type Glance } from './types.ts'

const NAME_LENGTH = 255

interface NewAttachment extends Act {
  /** As the sender's machine calls it: personal data, kept as it is. */
  readonly name: string
  /** Row of the task's list whose person it is about, and the 版 it was read from; null: the task as a whole. */
  readonly row: AttachedRow | null
  readonly bytes: AsyncIterable<Uint8Array>
}

export interface AttachedRow {
  readonly rowNo: number
  readonly version: number
}

/**
 * 添付する: while the task is open. Its bytes are kept under their hash before the row is written; a task that closes in between
 * leaves bytes that nothing names. The journal names type, size and hash, never the file's name. Throws TASK-001, TASK-003,
 * TASK-005 for a row of a list that was made anew, TASK-017 and TASK-018 for what is no such file, REQ-001 for a name or row that cannot be.
 */
export async function attach(deps: RuntimeDeps, { name, row, bytes, ...act }: NewAttachment): Promise<bigint> {
  checkName(name)
  await inTask(deps, act, (tx, task) => personOf(tx, task, row)) // before a byte is read
  const kept = await keep(deps.files, name, bytes)
  return inTask(deps, act, async (tx, task) => {
    const insuredId = await personOf(tx, task, row)
    const { id } = await tx.one<{ id: bigint }>(
      `insert into task_attachments (task_id, insured_id, name, type, byte_size, sha256, user_id, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
      [task.id, insuredId, name, kept.type, kept.byteSize, kept.sha256, act.user.userId, deps.clock.now()],
    )
    await appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'attachment-added',
      actor: actorOf(act.user),
      runId: task.runId,
      stepRunId: task.stepRunId,
      taskId: task.id,
      subjects: insuredId === null ? [] : [{ kind: 'insured', id: `${insuredId}` }],
      payload: { step: task.stepId, attachmentId: `${id}`, ...kept },
    })
    await notifyUsers(tx, deps.clock, [task.assignee, task.proposedBy], {
      kind: 'attachment',
      taskId: task.id,
      runId: task.runId,
      by: act.user.userId,
      payload: { attachmentId: `${id}`, type: kept.type },
    })
    await notifyChange(tx, { kind: 'task', taskId: task.id })
    return id
  })
}

function checkName(name: string): void {
  if (name === '' || [...name].length > NAME_LENGTH || name.includes('\0'))
    throw new Fault('REQ-001', { detail: `name ファイルの名前は1〜${NAME_LENGTH}字にしてください。` })
}

async function personOf(tx: Tx, task: LockedTask, row: AttachedRow | null): Promise<bigint | null> {
  if (row === null) return null
  await checkSameList(tx, task.worksheetId, row.version)
  const found = await tx.maybe<{ insuredId: bigint }>(
    `select insured_id as "insuredId" from worksheet_rows where worksheet_id = $1 and row_no = $2`,
    [task.worksheetId, row.rowNo],
  )
  if (found === null) throw new Fault('REQ-001', { detail: 'rowNo この作業の一覧にない行です。' })
  return found.insuredId
}

/** Stores what may be attached; anything else leaves nothing behind. */
async function keep(
  files: FileStore,
  name: string,
  source: AsyncIterable<Uint8Array>,
): Promise<{ readonly type: AttachmentType; readonly byteSize: number; readonly sha256: string }> {
  const glancing = glanceAt(source)
  async function* judged(): AsyncGenerator<Uint8Array> {
    yield* glancing.bytes
    judge(glancing.seen(), name) // throws before the store makes a file of them
  }
  const { sha256, byteSize } = await files.putStream(judged())
  return { type: judge(glancing.seen(), name), byteSize, sha256 }
}

function judge(seen: Glance, name: string): AttachmentType {
  const type = typeOfBytes(seen)
  if (type === null) throw new Fault('TASK-017')
  if (isNamedAs(type, name)) return type
  const { label, endings } = ATTACHMENT_TYPES[type]
  throw new Fault('TASK-018', { type: label, endings: endings.map((ending) => `.${ending}`).join('か') })
}
