import { appendEvent } from '#audit/append.ts'
import { absentUsersOf } from '#access/persons.ts'
import { notifyChange } from '#db/notify-change.ts'
import { actorOf } from './actor.ts'
import { groupsOf } from './candidate-groups.ts'
import type { RuntimeDeps } from './deps.ts'
import type { TaskUser } from './human-context.ts'

/**
 * 次の1件: the most urgent task that this person may do and nobody has, or that belongs to somebody they stand in for. Two who
 * press at once get two tasks: one that another transaction is just taking is passed over. The person's own proposals and
 * tasks that wait for their 再開日 are left out. Answers the task's id, or null when there is none.
 */
export async function takeNextTask(
  deps: RuntimeDeps,
  { user, flow }: { readonly user: TaskUser; readonly flow: string | null },
): Promise<string | null> {
  const today = deps.clock.today()
  return deps.db.tx(async (tx) => {
    const absent = await absentUsersOf(tx, user.userId, today)
    const taken = await tx.maybe<Taken>(
      `with free as (
         select t.id, t.assignee from task_list l join tasks t on t.id = l.task_id
         where l.is_open and t.state = 'open' and (l.assignee is null or l.assignee = any($2::bigint[]))
           and (t.assignee is null or t.assignee = any($2::bigint[]))
           and l.candidate_role = any($3::text[]) and ($4::text is null or l.flow = $4)
           and (t.follow_up_on is null or t.follow_up_on <= $5)
           and (t.proposed_by is null or ($6 and not is_one_person($1, $5, t.proposed_by, japan_day(t.proposed_at))))
         order by l.due_on, l.task_id limit 1 for no key update of t skip locked
       )
       update tasks t set assignee = $1, claimed_at = $7, follow_up_on = null from free
       where t.id = free.id
       returning t.id, t.run_id as "runId", t.step_run_id as "stepRunId", t.step_id as "stepId",
         (select login from users where id = free.assignee) as "insteadOf"`,
      [user.userId, absent, groupsOf(user.roles), flow, today, user.roles.includes('kakaricho'), deps.clock.now()],
    )
    if (taken === null) return null
    await appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'task-claimed',
      actor: actorOf(user),
      runId: taken.runId,
      stepRunId: taken.stepRunId,
      taskId: taken.id,
      payload: { step: taken.stepId, ...(taken.insteadOf === null ? {} : { insteadOf: taken.insteadOf }) },
    })
    await notifyChange(tx, { kind: 'task', taskId: taken.id })
    return taken.id
  })
}

interface Taken {
  readonly id: string
  readonly runId: string | null
  readonly stepRunId: string | null
  readonly stepId: string
  readonly insteadOf: string | null
}
