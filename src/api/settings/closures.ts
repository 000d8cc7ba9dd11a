import { Fault } from '#kernel/faults.ts'
import { addDays, type PlainDate } from '#kernel/plain-date.ts'
import { isBusinessDay } from '#rules/calendar/business-day.ts'
import { formatWarekiShort } from '#rules/calendar/wareki.ts'
import { appendEvent } from '#audit/append.ts'
import { loadHolidays, namedHolidays, type NamedHoliday } from '#db/calendar.ts'
import type { Sql } from '#db/database.ts'
import { actorOf } from '#runtime/actor.ts'
import type { SettingAct } from './option-change.ts'

/** 休庁日 of the municipality's own. */
interface Closure {
  readonly closedOn: PlainDate
  readonly name: string
  readonly recordedBy: string | null
  readonly recordedAt: string
}

export const listClosures = (sql: Sql): Promise<Closure[]> =>
  sql.rows<Closure>(
    `select c.closed_on as "closedOn", c.name, s.name as "recordedBy", c.recorded_at as "recordedAt"
     from local_closures c left join users u on u.id = c.recorded_by left join staff s on s.id = u.staff_id
     order by c.closed_on desc`,
  )

/** What closing a day reaches. Dates that are printed or pinned do not move; what counts in 開庁日 does, at once. */
interface ClosureEffect {
  readonly isOpenDay: boolean
  /** Open tasks whose deadline is the day itself. */
  readonly tasksDueThen: number
  /** Open tasks whose deadline is the day or later: one 開庁日 less is left for them. */
  readonly tasksWithLess: number
  readonly runs: { readonly runId: string; readonly number: string; readonly title: string; readonly dates: string[] }[]
}

const DATES: Readonly<Record<string, string>> = {
  asOf: '基準日',
  issueOn: '発送日',
  designatedOn: '指定期限',
  confirmDueOn: '確認の期限',
  registerDueOn: '登録の期限',
}

/** およぶ範囲 of a closure on a day, for the runs and tasks that are open. */
export async function closureEffect(sql: Sql, day: PlainDate, today: PlainDate): Promise<ClosureEffect> {
  const holidays = await loadHolidays(sql, day, day)
  const tasks = await sql.one<{ then: number; later: number }>(
    `select count(*) filter (where due_on = $1)::int as then, count(*) filter (where due_on >= $1 and $1 > $2)::int as later
     from tasks where state in ('preparing', 'open')`,
    [day, today],
  )
  const runs = await sql.rows<{ runId: string; number: string; title: string; names: string[] }>(
    `select r.id as "runId", r.number, r.title, array_agg(v.key order by v.key) as names
     from runs r cross join lateral jsonb_each_text(r.variables) v
     where r.state = 'running' and v.key = any($2::text[]) and v.value = $1
     group by r.id order by r.created_at desc`,
    [day, Object.keys(DATES)],
  )
  return {
    isOpenDay: isBusinessDay(day, holidays),
    tasksDueThen: tasks.then,
    tasksWithLess: tasks.later,
    runs: runs.map(({ names, ...run }) => ({ ...run, dates: names.map((name) => DATES[name] ?? name) })),
  }
}

/** 休庁日を登録する. Throws SET-003 for a day that is not to come, SET-007 for one that is no 開庁日 anyway. */
export async function addClosure(
  { tx, user, clock }: SettingAct,
  { closedOn, name }: { readonly closedOn: PlainDate; readonly name: string },
): Promise<void> {
  if (closedOn <= clock.today()) throw new Fault('SET-003', { detail: '明日からの日にしてください' })
  const holidays = await loadHolidays(tx, closedOn, closedOn)
  if (!isBusinessDay(closedOn, holidays)) throw new Fault('SET-007', { day: closedOn })
  await tx.run(`insert into local_closures (closed_on, name, recorded_by, recorded_at) values ($1, $2, $3, $4)`, [
    closedOn,
    name,
    user.userId,
    clock.now(),
  ])
  await appendEvent(tx, {
    at: clock.now(),
    kind: 'closure-set',
    actor: actorOf(user),
    subjects: [{ kind: 'setting', id: `closure/${closedOn}` }],
    payload: { title: `${formatWarekiShort(closedOn)} ${name}`, before: null, after: { closedOn, name } },
  })
}

/** 休庁日を取り消す. Throws SET-003 for a day that has begun, SET-004 for one that is none. */
export async function removeClosure({ tx, user, clock }: SettingAct, closedOn: PlainDate): Promise<void> {
  if (closedOn <= clock.today()) throw new Fault('SET-003', { detail: '過ぎた休庁日は取り消せません' })
  const gone = await tx.maybe<{ name: string }>(`delete from local_closures where closed_on = $1 returning name`, [
    closedOn,
  ])
  if (gone === null) throw new Fault('SET-004')
  await appendEvent(tx, {
    at: clock.now(),
    kind: 'closure-removed',
    actor: actorOf(user),
    subjects: [{ kind: 'setting', id: `closure/${closedOn}` }],
    payload: {
      title: `${formatWarekiShort(closedOn)} ${gone.name}`,
      before: { closedOn, name: gone.name },
      after: null,
    },
  })
}

/** 祝日と休庁日 of the year that begins today. */
export const comingHolidays = (sql: Sql, today: PlainDate): Promise<NamedHoliday[]> =>
  namedHolidays(sql, today, addDays(today, 365))
