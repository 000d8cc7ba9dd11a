import { sqlMigration } from './sql-migration.ts'

/**
 * After a big file the planner must know at once what is in the tables: until autovacuum comes by (a minute or more) it would
 * plan a step of 001's size for empty ones. koki_app may therefore ANALYZE what files fill, and nothing else of MAINTAIN's
 * kind is ever asked for.
 */
export const freshStatistics = sqlMigration(
  'm0011-fresh-statistics',
  `grant maintain on persons, person_versions, insured, insured_periods, delivery_addresses, protections, instalments,
     postings, movements, instalment_balances, deferrals, tokusoku_history to koki_app;`,
)
