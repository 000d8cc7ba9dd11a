import { sqlMigration } from './sql-migration.ts'

/** What a municipality must be able to show years later: corrected, superseded or cancelled by rows, never taken away. */
export const nothingIsDeleted = sqlMigration(
  'm0036-nothing-is-deleted',
  `
revoke delete on runs, step_runs, tasks, files, file_errors, persons, person_versions, insured, insured_periods,
  delivery_addresses, protections, bank_accounts, instalments, instalment_balances, deferrals, unprintable_notices,
  print_files, print_file_notices, tainosha_files, tokusoku_history, engine_epochs from koki_app;
`,
)
