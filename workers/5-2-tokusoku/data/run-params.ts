import type { RunDates } from './dates.ts'
import type { Sql } from '#db/database.ts'

/** Parameters of a run that no gateway reads and that therefore are no process variables. */
export async function readRunParams(sql: Sql, runId: string): Promise<{ readonly includeCarriedOver: boolean }> {
  return sql.one(`select (params->>'includeCarriedOver')::boolean as "includeCarriedOver" from runs where id = $1`, [
    runId,
  ])
}

/** The dates a run has now, out of its process variables. */
export function keptDates(variables: Readonly<Record<string, unknown>>): RunDates {
  const { dueOn, asOf, issueOn, designatedOn, confirmDueOn, registerDueOn, reflectAt, confirmDueAt, issueAt } =
    variables
  // every run of this flow starts with them, and the output schemas of its steps keep them
  return {
    dueOn,
    asOf,
    issueOn,
    designatedOn,
    confirmDueOn,
    registerDueOn,
    reflectAt,
    confirmDueAt,
    issueAt,
  } as RunDates
}

/** 基準日 and 発送日 of a run, for steps whose input does not carry them. */
export const readRunDates = (sql: Sql, runId: string): Promise<Pick<RunDates, 'asOf' | 'issueOn' | 'designatedOn'>> =>
  sql.one(
    `select variables->>'asOf' as "asOf", variables->>'issueOn' as "issueOn", variables->>'designatedOn' as "designatedOn"
     from runs where id = $1`,
    [runId],
  )
