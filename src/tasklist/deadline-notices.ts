import { addDays } from '#kernel/plain-date.ts'
import { loadHolidays } from '#db/calendar.ts'
import { isBusinessDay } from '#rules/calendar/business-day.ts'
import { businessDaysAfter } from '#rules/calendar/business-days.ts'
import { groupsOf } from '#runtime/candidate-groups.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import { notifyUsers } from '#runtime/notify-users.ts'

/** 期限は2開庁日前から. */
const NEAR_DAYS = 2

interface Near {
  readonly assignee: bigint | null
  readonly role: string
  readonly overdue: number
  readonly today: number
  readonly soon: number
}

/**
 * 期限のお知らせ: once a 開庁日, everybody who works tasks is told how many of their own and of those that nobody holds are over,
 * due today or near. Answers how many people were told; calling it again on the same day tells nobody twice.
 */
export async function tellDeadlines({ db, clock }: RuntimeDeps): Promise<number> {
  const today = clock.today()
  const holidays = await loadHolidays(db, today, addDays(today, 60))
  if (!isBusinessDay(today, holidays)) return 0
  const near = await db.rows<Near>(
    `select assignee, candidate_role as role, (count(*) filter (where due_on < $1))::int as overdue,
       (count(*) filter (where due_on = $1))::int as today, (count(*) filter (where due_on > $1))::int as soon
     from task_list where is_open and state = 'open' and due_on <= $2 and (follow_up_on is null or follow_up_on <= $1)
       and (assignee is not null or proposed_by is null)
     group by assignee, candidate_role`,
    [today, businessDaysAfter(today, NEAR_DAYS, holidays)],
  )
  if (near.length === 0) return 0
  const people = await db.rows<{ userId: bigint; roles: string[] }>(
    `select r.user_id as "userId", array_agg(distinct r.role) as roles from user_roles r join users u on u.id = r.user_id
     where u.disabled_at is null and r.in_force and r.valid_from <= $1 and (r.valid_to is null or $1 <= r.valid_to)
       and not exists (select from notifications n where n.user_id = r.user_id and n.dedupe_key = $2)
     group by r.user_id`,
    [today, `deadline/${today}`],
  )
  let told = 0
  for (const { userId, roles } of people) {
    const groups = groupsOf(roles)
    const my = sum(near.filter(({ assignee }) => assignee === userId))
    const free = sum(near.filter(({ assignee, role }) => assignee === null && groups.includes(role)))
    if (my.overdue + my.today + my.soon + free.overdue + free.today + free.soon === 0) continue
    const payload = {
      myOverdue: my.overdue,
      myToday: my.today,
      mySoon: my.soon,
      freeOverdue: free.overdue,
      freeToday: free.today,
      freeSoon: free.soon,
    }
    told += await db.tx((tx) =>
      notifyUsers(tx, clock, [userId], { kind: 'deadline', by: null, payload, dedupeKey: `deadline/${today}` }),
    )
  }
  return told
}

const sum = (some: readonly Near[]): Pick<Near, 'overdue' | 'today' | 'soon'> => ({
  overdue: some.reduce((n, one) => n + one.overdue, 0),
  today: some.reduce((n, one) => n + one.today, 0),
  soon: some.reduce((n, one) => n + one.soon, 0),
})
