import { addDays, type PlainDate } from '#kernel/plain-date.ts'
import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import { absentUsersOf } from '#access/persons.ts'
import { userByLogin } from '#access/users.ts'
import { loadHolidays } from '#db/calendar.ts'
import type { Tx } from '#db/database.ts'
import { notifyChange } from '#db/notify-change.ts'
import { isBusinessDay } from '#rules/calendar/business-day.ts'
import { nextBusinessDay } from '#rules/calendar/business-days.ts'
import type { TaskEventKind } from './act.ts'
import { actorOf } from './actor.ts'
import type { RuntimeDeps } from './deps.ts'
import { checkMayClaim, checkMayPostpone, checkMayReassign, checkMayRelinquish, type HeldTask } from './holding.ts'
import type { TaskUser } from './human-context.ts'
import { notifyUsers } from './notify-users.ts'

/** One act on many tasks. */
export type BulkAct =
  | { readonly act: 'claim' | 'release' }
  | { readonly act: 'reassign'; readonly to: string }
  | { readonly act: 'postpone'; readonly followUpOn: PlainDate | null; readonly note: string | null }

/** What became of one of the tasks. */
export interface BulkOutcome {
  readonly taskId: string
  readonly refusal: Fault | null
}

interface Listed extends HeldTask {
  readonly id: string
  readonly runId: string | null
  readonly stepRunId: string | null
  readonly stepId: string
  readonly assigneeLogin: string | null
}

/** More signs than this become one: every open list reads once anyway. */
const SIGNS = 10

/**
 * まとめて担当する・手放す・担当を替える・再開日を決める: all in one transaction, each task with its own answer; a refused one
 * stops no other. Tasks are locked in one order, so that two who choose the same ones do not wait for each other in a ring.
 * Throws TASK-012 for an unknown new 担当 and TASK-013 for a 再開日 that is no coming 開庁日.
 */
export async function actOnTasks(
  deps: RuntimeDeps,
  request: { readonly taskIds: readonly string[]; readonly user: TaskUser; readonly act: BulkAct },
): Promise<readonly BulkOutcome[]> {
  const { user, act } = request
  const today = deps.clock.today()
  return deps.db.tx(async (tx) => {
    const to = act.act === 'reassign' ? await userByLogin(tx, act.to, today) : null
    if (act.act === 'reassign' && to === null) throw new Fault('TASK-012')
    if (act.act === 'postpone' && act.followUpOn !== null) await checkFollowUp(tx, act.followUpOn, today)
    const holder = { user, absent: await absentUsersOf(tx, user.userId, today) }
    const tasks = new Map((await lockTasks(tx, request.taskIds)).map((task) => [task.id, task]))
    const outcomes = [...new Set(request.taskIds)].map((taskId): BulkOutcome => {
      const task = tasks.get(taskId)
      return { taskId, refusal: task === undefined ? new Fault('TASK-001') : refusalOf(() => check(task)) }
    })
    const accepted = outcomes.flatMap(({ taskId, refusal }) => (refusal === null ? [tasks.get(taskId)!] : []))
    await write(deps, tx, accepted, user, act, to)
    return outcomes

    function check(task: Listed): void {
      if (act.act === 'claim') checkMayClaim(task, holder)
      else if (act.act === 'release') checkMayRelinquish(task, holder)
      else if (act.act === 'reassign') checkMayReassign(task, holder, to ?? { roles: [] })
      else checkMayPostpone(task, holder)
    }
  })
}

/** A refusal is an answer; anything else stops the whole. */
function refusalOf(check: () => void): Fault | null {
  try {
    check()
    return null
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}

const lockTasks = (tx: Tx, ids: readonly string[]): Promise<Listed[]> =>
  tx.rows<Listed>(
    `select t.id, t.run_id as "runId", t.step_run_id as "stepRunId", t.step_id as "stepId", t.state,
       t.candidate_role as "candidateRole", t.assignee, u.login as "assigneeLogin", s.name as "assigneeName"
     from tasks t left join users u on u.id = t.assignee left join staff s on s.id = u.staff_id
     where t.id = any($1::uuid[]) order by t.id for no key update of t`,
    [ids],
  )

/** 再開日 is a coming 開庁日. */
async function checkFollowUp(tx: Tx, day: PlainDate, today: PlainDate): Promise<void> {
  const holidays = await loadHolidays(tx, today, addDays(day > today ? day : today, 60))
  if (day > today && isBusinessDay(day, holidays)) return
  throw new Fault('TASK-013', { next: nextBusinessDay(day > today ? day : today, holidays) })
}

async function write(
  deps: RuntimeDeps,
  tx: Tx,
  tasks: readonly Listed[],
  user: TaskUser,
  act: BulkAct,
  to: { readonly userId: bigint; readonly login: string } | null,
): Promise<void> {
  const now = deps.clock.now()
  const holderId = act.act === 'claim' ? user.userId : (to?.userId ?? null)
  const changed = act.act === 'postpone' ? tasks : tasks.filter(({ assignee }) => assignee !== holderId)
  if (changed.length === 0) return
  const ids = changed.map(({ id }) => id)
  if (act.act === 'postpone')
    await tx.run(
      `update tasks set follow_up_on = $2, follow_up_note = $3, follow_up_by = $4, follow_up_at = $5 where id = any($1::uuid[])`,
      [ids, act.followUpOn, act.note, user.userId, now],
    )
  else
    await tx.run(
      `update tasks set assignee = $2, claimed_at = case when $2::bigint is null then null else $3::timestamptz end
       where id = any($1::uuid[])`,
      [ids, holderId, now],
    )
  for (const task of changed) await tell(deps, tx, task, user, act, to)
  const signs = changed.length > SIGNS ? [null] : ids
  await notifyChange(tx, ...signs.map((taskId) => ({ kind: 'task', taskId }) as const))
  await tellPeople(deps, tx, changed, user, act, to)
}

const KINDS: Readonly<Record<BulkAct['act'], TaskEventKind>> = {
  claim: 'task-claimed',
  release: 'task-unclaimed',
  reassign: 'task-reassigned',
  postpone: 'task-postponed',
}

async function tell(
  deps: RuntimeDeps,
  tx: Tx,
  task: Listed,
  user: TaskUser,
  act: BulkAct,
  to: { readonly login: string } | null,
): Promise<void> {
  const insteadOf = act.act === 'claim' && task.assigneeLogin !== null ? { insteadOf: task.assigneeLogin } : {}
  const more =
    act.act === 'reassign'
      ? { from: task.assigneeLogin, to: to?.login ?? '' }
      : act.act === 'postpone'
        ? { followUpOn: act.followUpOn, note: act.note }
        : insteadOf
  await appendEvent(tx, {
    at: deps.clock.now(),
    kind: KINDS[act.act] as 'task-claimed', // each of them has the payload of a step
    actor: actorOf(user),
    runId: task.runId,
    stepRunId: task.stepRunId,
    taskId: task.id,
    payload: { step: task.stepId, ...more },
  })
}

/** お知らせ to the new 担当, and to whom a task was taken from. Many at once are one お知らせ. */
async function tellPeople(
  deps: RuntimeDeps,
  tx: Tx,
  tasks: readonly Listed[],
  user: TaskUser,
  act: BulkAct,
  to: { readonly userId: bigint } | null,
): Promise<void> {
  if (act.act === 'postpone') return
  const one = (some: readonly Listed[]) => {
    const only = some.length === 1 ? some[0] : undefined
    return { taskId: only?.id ?? null, runId: only?.runId ?? null, by: user.userId, payload: { count: some.length } }
  }
  if (to !== null) await notifyUsers(tx, deps.clock, [to.userId], { kind: 'assigned', ...one(tasks) })
  const former = Map.groupBy(
    tasks.filter(({ assignee }) => assignee !== null),
    ({ assignee }) => assignee,
  )
  for (const [holder, theirs] of former)
    await notifyUsers(tx, deps.clock, [holder], { kind: 'taken-away', ...one(theirs) })
}
