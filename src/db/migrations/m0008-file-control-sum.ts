import { sqlMigration } from './sql-migration.ts'

/** Σ yen of the accepted lines of a file, taken from the file itself: `ledger check` compares it with what was posted. */
export const fileControlSum = sqlMigration(
  'm0008-file-control-sum',
  `alter table files add column accepted_yen numeric;`,
)
