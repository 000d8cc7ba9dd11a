import type { RunInvariant } from '#runtime/check-run.ts'
import { approvedCte } from './sql.ts'

/** Persons are compared, not logins. Accepting the system's own proposal is no judgement; who proposed the release is a first person. */
export const anotherPersonReleased: RunInvariant = {
  number: 8,
  statement: '発送を承認した人は、002を確認した人でも、004で判断した人でもない',
  sql: `
    with ${approvedCte('delinquents', 'confirmed')},
    ${approvedCte('notice-check', 'released')},
    first_persons as (
      select decided_by as user_id, '002の確認者' as what from confirmed
      union all select proposed_by, '一人目の確認者' from released
      union all
      select m.user_id, '004の判断者' from worksheet_marks m join worksheets w on w.id = m.worksheet_id
      where w.run_id = $1 and w.step_run_id = (select step_run_id from released) and not m.is_accepted_proposal)
    select distinct concat(f.what, ' ', u.login) as what
    from first_persons f join users u on u.id = f.user_id
    join released on true join users who on who.id = released.decided_by
    where u.staff_id = who.staff_id`,
}
