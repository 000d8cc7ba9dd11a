import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { protectedOn } from '#access/protected-on.ts'
import type { Tx } from '#db/database.ts'
import { checkMine, checkSameList, dropProposal, inTask, tell, type Act, type OnList } from './act.ts'
import { actOnTasks } from './bulk-tasks.ts'
import type { RuntimeDeps } from './deps.ts'
import type { Mark } from './human-context.ts'
import { presentPages } from './presence.ts'
import type { LockedTask } from './task-lock.ts'
import { acceptProposals, addMarks, type MarkTarget } from './worksheet/marks.ts'

/** 担当する. Throws TASK-002 when somebody else has it. Claiming one's own again is harmless. */
export const claimTask = (deps: RuntimeDeps, act: Act): Promise<void> => actOnOne(deps, act, 'claim')

/** 手放す. Only the assignee, their deputy, or a 係長 for somebody who is away. */
export const unclaimTask = (deps: RuntimeDeps, act: Act): Promise<void> => actOnOne(deps, act, 'release')

async function actOnOne(deps: RuntimeDeps, { taskId, user }: Act, act: 'claim' | 'release'): Promise<void> {
  const [outcome] = await actOnTasks(deps, { taskIds: [taskId], user, act: { act } })
  if (outcome?.refusal) throw outcome.refusal
}

/**
 * 下書き: kept for the assignee, never judged. One record has one editor: TASK-014 when another page of the same person had
 * the task open before this one.
 */
export const saveDraft = (
  deps: RuntimeDeps,
  act: Act & { readonly draft: object; readonly page: string | null },
): Promise<void> =>
  inTask(deps, act, async (tx, task) => {
    checkMine(task, act.user)
    const editor = (await presentPages(tx, task.id, deps.clock.now())).find(({ isEditor }) => isEditor)
    if (act.page !== null && editor !== undefined && editor.page !== act.page) throw new Fault('TASK-014')
    await tx.run(`update tasks set draft = $2, draft_saved_at = $3, draft_by = $4 where id = $1`, [
      task.id,
      JSON.stringify(act.draft),
      deps.clock.now(),
      act.user.userId,
    ])
  })

/** Marks rows of the task's list. Returns how many. */
export async function markRows(
  deps: RuntimeDeps,
  act: OnList & { readonly target: MarkTarget; readonly mark: Mark },
): Promise<number> {
  return inTask(deps, act, async (tx, task) => {
    checkMine(task, act.user)
    const { kind, rules, worksheetId } = listOf(deps, task)
    await checkSameList(tx, worksheetId, act.version)
    const before = await lastMark(tx, worksheetId)
    const count = await addMarks(
      tx,
      kind,
      rules,
      { worksheetId, taskId: task.id, target: act.target, mark: act.mark },
      act.user,
      deps.clock,
    )
    await dropProposal(deps, tx, task, act.user)
    const people = await peopleMarked(tx, worksheetId, before)
    const payload = {
      action: act.mark.action,
      reason: act.mark.reason,
      note: (await isAboutProtected(tx, worksheetId, before, deps.clock.today())) ? NOT_TOLD : act.mark.note,
      followUpOn: act.mark.followUpOn,
      count,
      rows: 'rows' in act.target ? act.target.rows : null,
      filter:
        'filter' in act.target
          ? { ...act.target.filter, text: act.target.filter.text === undefined ? undefined : '(あり)' }
          : null,
    }
    await tell(deps, tx, task, act.user, 'rows-marked', payload, people)
    return count
  })
}

/** Stands in the journal for a memo about a person under 抑止: no protected value gets there (sheet 1.1 §2.3 LG1). */
const NOT_TOLD = '(伏せています)'

/** Whether a memo among the marks made after `before` is about a person under 抑止. The memo itself lies with the mark. */
const isAboutProtected = async (tx: Tx, worksheetId: bigint, before: bigint, today: PlainDate): Promise<boolean> =>
  (await tx.maybe(
    `select 1 from worksheet_marks k join worksheet_rows r on r.worksheet_id = k.worksheet_id and r.row_no = k.row_no
     join insured i on i.id = r.insured_id
     where k.worksheet_id = $1 and k.id > $2 and k.note is not null and ${protectedOn('i.person_id', '$3::date')} limit 1`,
    [worksheetId, before, today],
  )) !== null

/** 提案をすべて受け入れる. Returns how many rows still waited for a decision. */
export async function acceptAllProposals(deps: RuntimeDeps, act: Act): Promise<number> {
  return inTask(deps, act, async (tx, task) => {
    checkMine(task, act.user)
    const { worksheetId } = listOf(deps, task)
    const before = await lastMark(tx, worksheetId)
    const count = await acceptProposals(tx, { worksheetId, taskId: task.id }, act.user, deps.clock)
    await dropProposal(deps, tx, task, act.user)
    const people = await peopleMarked(tx, worksheetId, before)
    await tell(deps, tx, task, act.user, 'proposals-accepted', { count }, people)
    return count
  })
}

async function lastMark(tx: Tx, worksheetId: bigint): Promise<bigint> {
  const { id } = await tx.one<{ id: bigint }>(
    `select coalesce(max(id), 0) as id from worksheet_marks where worksheet_id = $1`,
    [worksheetId],
  )
  return id
}

/** A decision about more people than this is one about a list: the event tells how it was chosen, not of whom. */
const NAMED_PEOPLE = 500

/** Whom the marks made after `before` are about: by them the journal is searched for what was decided of a person. */
async function peopleMarked(tx: Tx, worksheetId: bigint, before: bigint): Promise<bigint[]> {
  const rows = await tx.rows<{ id: bigint }>(
    `select distinct r.insured_id as id from worksheet_marks k
     join worksheet_rows r on r.worksheet_id = k.worksheet_id and r.row_no = k.row_no
     where k.worksheet_id = $1 and k.id > $2 order by 1 limit $3`,
    [worksheetId, before, NAMED_PEOPLE + 1],
  )
  return rows.length > NAMED_PEOPLE ? [] : rows.map(({ id }) => id)
}

function listOf(deps: RuntimeDeps, task: LockedTask) {
  const step = deps.registry.human(task.stepId)
  if (step.worksheet === null || step.marks === null || task.worksheetId === null)
    throw new Fault('TASK-006', { decision: '印' })
  return { kind: deps.registry.worksheet(task.flow, step.worksheet), rules: step.marks, worksheetId: task.worksheetId }
}
