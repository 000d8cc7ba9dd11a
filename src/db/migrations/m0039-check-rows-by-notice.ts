import { sqlMigration } from './sql-migration.ts'

/** The line of a letter in the list of 004: without it each letter that leaves read the whole list, and 20,000 letters read it 20,000 times. */
export const checkRowsByNotice = sqlMigration(
  'm0039-check-rows-by-notice',
  `create index notice_check_rows_notice on notice_check_rows (notice_id);`,
)
