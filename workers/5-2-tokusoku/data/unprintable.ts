/**
 * SELECT of what 003's last round could not make and what has not been made since (個別作成): worksheet_id, row_no,
 * instalment_id, insured_id, step_run_id, reason, detail. `run` is SQL for the run's id. A letter of the same round and row is
 * its 個別作成.
 */
export const stillUnprintable = (run: string): string => `
  select u.worksheet_id, u.row_no, u.instalment_id, u.insured_id, u.step_run_id, u.reason, u.detail
  from unprintable_notices u
  where u.step_run_id = (select id from step_runs where run_id = ${run} and step_id = '5-2-tokusoku/003-make-tokusoku-notices'
                         and state = 'done' order by round desc limit 1)
    and not exists (select from notices n where n.step_run_id = u.step_run_id and n.row_no = u.row_no
                    and n.state in ('made', 'released', 'dispatched', 'pulled'))`
