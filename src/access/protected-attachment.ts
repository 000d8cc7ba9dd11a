import { protectedOn } from './protected-on.ts'

/**
 * Whether attachment `a` of task `t` may show what 抑止 keeps secret on `day`, as SQL: one about a person by that person, one
 * about the task as a whole by anybody on the lists of its run (decision record 0085).
 */
export const protectedAttachment = (day: string): string =>
  `(case when a.insured_id is not null
     then exists (select from insured i where i.id = a.insured_id and ${protectedOn('i.person_id', day)})
     else exists (select from insured i where ${protectedOn('i.person_id', day)}
       and exists (select from worksheet_rows r join worksheets w on w.id = r.worksheet_id
                   where r.insured_id = i.id and w.run_id = t.run_id)) end)`
