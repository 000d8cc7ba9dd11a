/** Joins of `lateFacts`: the list, and the step run that made it. */
export const lateFactsJoins = `join worksheets w on w.id = r.worksheet_id join step_runs looked on looked.id = w.step_run_id`

/**
 * 把握後の異動 of a row of 滞納者一覧: what has become known since 001 looked, in words. A mark only: the verdict stays, a redo takes
 * it in, 003 and 004 look again. The aliases are those of a list (r row, s insured, p person).
 */
export const lateFacts = `array_remove(array[
  case when exists (select from movements x where x.debit_instalment_id = r.instalment_id and x.posting_number > w.posting_number)
    or exists (select from movements x where x.credit_instalment_id = r.instalment_id and x.posting_number > w.posting_number)
    then '収納・調定' end,
  case when exists (select from deferrals x where x.instalment_id = r.instalment_id and x.recorded_at > looked.started_at) then '徴収猶予' end,
  case when exists (select from protections x where x.person_id = s.person_id and x.recorded_at > looked.started_at) then '抑止' end,
  case when p.died_on is not null and p.recorded_at > looked.started_at then '死亡' when p.recorded_at > looked.started_at then '宛名' end,
  case when exists (select from delivery_addresses x where x.person_id = s.person_id and x.recorded_at > looked.started_at) then '送付先' end,
  case when r.reason is distinct from 'A02' and exists (select from notices x where x.instalment_id = r.instalment_id
    and x.run_id <> w.run_id and x.state in ('made', 'released', 'dispatched')) then '他の処理回の督促状' end
], null)`
