/**
 * Whether `audit_events e` is of the run `run`, both as SQL; an event of one of its tasks may carry the task only. The tasks are an
 * array: as a join or a subquery of the `or` they make the database read the whole journal.
 */
export const ofRun = (run: string): string =>
  `(e.run_id = ${run} or (e.run_id is null and e.task_id = any(array(select id from tasks where run_id = ${run}))))`
