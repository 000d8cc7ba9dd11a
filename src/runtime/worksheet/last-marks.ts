/** SELECT of the mark that counts on each marked row of a list: the last one that is no memo. `list` is SQL for its id. */
export const lastMarks = (list: string): string => `select distinct on (row_no) * from worksheet_marks
  where worksheet_id = ${list} and action <> 'note' order by row_no, id desc`

/** SQL for the version before `$2` of the run `$1`'s list of a kind (a name written in our source). */
export const listBefore = (kind: string): string => `(select id from worksheets
  where run_id = $1 and kind = '${kind}' and state = 'ready' and id <> $2 order by version desc limit 1)`
