import { protectedOn } from './protected-on.ts'

/** Kinds of events that hold words which a person typed about people. */
const TYPED = ['rows-marked', 'task-completed', 'task-proposed', 'task-released', 'return-noted', 'letter-returned']

/**
 * Whether what was typed in audit event `e` may speak of a person under 抑止 on `day`, as SQL: a memo of a protected person is
 * masked as a whole (sheet 1.1 §2.2). The event's subjects tell, or the mark that carries the same memo.
 * One decision may be about many people: of 'rows-marked' only the memo tells, or one of them would hide why all were taken out.
 */
export const protectedWords = (day: string): string =>
  `(e.kind in (${TYPED.map((kind) => `'${kind}'`).join(', ')}) and (
     (e.kind <> 'rows-marked' and exists (select from audit_event_subjects about join insured i on i.id::text = about.subject_id
             where about.event_id = e.id and about.kind = 'insured' and ${protectedOn('i.person_id', day)}))
     or exists (select from worksheet_marks k join worksheet_rows w on w.worksheet_id = k.worksheet_id and w.row_no = k.row_no
                join insured i on i.id = w.insured_id
                where k.task_id = e.task_id and k.user_id = e.actor_user_id and k.note is not null
                  and k.note = (e.payload::json -> 'payload' ->> 'note') and ${protectedOn('i.person_id', day)})))`
