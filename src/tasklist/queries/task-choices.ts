import type { Static } from 'typebox'
import type { PlainDate } from '#kernel/plain-date.ts'
import type { CurrentUser } from '#access/users.ts'
import type { Sql } from '#db/database.ts'
import type { TaskChoices } from '../tasks.schema.ts'

/** 絞り込みの選択肢: years and 納期限 of the open tasks, 係, and the people who may hold a task. */
export async function readChoices(sql: Sql, user: CurrentUser, today: PlainDate): Promise<Static<typeof TaskChoices>> {
  const { fiscalYears, levyDueOns } = await sql.one<{ fiscalYears: number[]; levyDueOns: string[] }>(
    `select array(select distinct fiscal_year from task_list where is_open and fiscal_year is not null order by 1 desc) as "fiscalYears",
       array(select distinct levy_due_on from task_list where is_open and levy_due_on is not null order by 1 desc) as "levyDueOns"`,
  )
  const units = await sql.rows<Static<typeof TaskChoices>['units'][number]>(
    `select u.id::text as "unitId", u.name, exists (select from unit_members m where m.unit_id = u.id and m.user_id = $1
        and m.valid_from <= $2 and (m.valid_to is null or $2 <= m.valid_to)) as "isMine",
        (select count(*) from task_list t where t.is_open and t.assignee is not null and (t.follow_up_on is null or t.follow_up_on <= $2)
           and t.assignee in (select m.user_id from unit_members m where m.unit_id = u.id and m.valid_from <= $2
                              and (m.valid_to is null or $2 <= m.valid_to)))::int as "openTasks"
     from units u where u.valid_from <= $2 and (u.valid_to is null or $2 <= u.valid_to) order by u.code`,
    [user.userId, today],
  )
  return { fiscalYears, levyDueOns, units, people: await people(sql, today) }
}

const people = (sql: Sql, today: PlainDate): Promise<Static<typeof TaskChoices>['people']> =>
  sql.rows(
    `select u.login, s.name,
       array(select n.name from unit_members m join units n on n.id = m.unit_id where m.user_id = u.id
             and m.valid_from <= $1 and (m.valid_to is null or $1 <= m.valid_to) order by n.code) as units,
       (select count(*) from task_list t where t.is_open and t.assignee is not null and t.assignee = u.id)::int as "openTasks",
       exists (select from absences a where a.user_id = u.id and a.from_on <= $1 and $1 <= a.to_on
               and (a.withdrawn_on is null or $1 <= a.withdrawn_on)) as "isAway",
       array(select distinct bs.name from absent_users_of(u.id, $1) as b (id) join users bu on bu.id = b.id
             join staff bs on bs.id = bu.staff_id) as "standsInFor"
     from users u join staff s on s.id = u.staff_id
     where u.disabled_at is null and exists (select from user_roles r where r.user_id = u.id and r.in_force
       and r.role in ('tantou', 'kakaricho') and r.valid_from <= $1 and (r.valid_to is null or $1 <= r.valid_to))
     order by s.kana, s.name`,
    [today],
  )
