import { addDays, plainDateOf, type PlainDate } from '#kernel/plain-date.ts'
import { at, sayOptionValue, scheduleOf, type OptionDefinition, type OptionVersion } from '#rules/options.ts'
import type { Sql } from '#db/database.ts'

/** およぶ範囲 of a change that waits, or of the option as it stands. */
export interface OptionImpact {
  /** Runs that are open: they keep what they were started with. */
  readonly openRunCount: number
  readonly openRuns: {
    readonly runId: string
    readonly number: string
    readonly title: string
    readonly value: string
  }[]
  /** 期割 whose 納期限 is on or after the day; null where the basis is another day. */
  readonly affectedInstalments: number | null
  readonly examples: { readonly day: PlainDate; readonly before: string; readonly after: string }[]
}

interface RunRow {
  readonly runId: string
  readonly number: string
  readonly title: string
  readonly options: { readonly versions?: readonly OptionVersion[] }
  readonly variables: Readonly<Record<string, unknown>>
  readonly createdOn: PlainDate
}

const BASIS_VARIABLE: Readonly<Record<OptionDefinition['basis'], string | null>> = {
  発送日: 'issueOn',
  納期限: 'dueOn',
  賦課年度: null,
  納付日: null,
  暦年: 'issueOn',
}
const SHOWN = 20

/** Reads what is open and what would change. `change` is what waits; null: nothing does. */
export async function optionImpact(
  sql: Sql,
  option: { readonly flow: string; readonly name: string; readonly definition: OptionDefinition },
  versions: readonly OptionVersion[],
  change: { readonly value: number | boolean | string; readonly validFrom: PlainDate } | null,
): Promise<OptionImpact> {
  const { flow, name, definition } = option
  const { count } = await sql.one<{ count: number }>(
    `select count(*)::int as count from runs where flow = $1 and state = 'running'`,
    [flow],
  )
  const runs = await sql.rows<RunRow>(
    `select id as "runId", number, title, options, variables, japan_day(created_at) as "createdOn" from runs
     where flow = $1 and state = 'running' order by created_at desc limit ${SHOWN}`,
    [flow],
  )
  return {
    openRunCount: count,
    openRuns: runs.map((run) => ({
      runId: run.runId,
      number: run.number,
      title: run.title,
      value: sayOn(scheduleOf(name, definition, run.options.versions ?? []), definition, basisDay(run, definition)),
    })),
    affectedInstalments:
      change === null || definition.basis !== '納期限'
        ? null
        : (
            await sql.one<{ count: number }>(
              `select count(*)::int as count from instalments where due_on >= $1 and cancelled_on is null`,
              [change.validFrom],
            )
          ).count,
    examples: change === null ? [] : await examplesOf(sql, option, versions, change),
  }
}

const sayOn = (schedule: ReturnType<typeof scheduleOf>, definition: OptionDefinition, day: PlainDate): string =>
  sayOptionValue(definition, at(schedule, day), day)

function basisDay({ variables, createdOn }: RunRow, { basis }: OptionDefinition): PlainDate {
  const value = variables[BASIS_VARIABLE[basis] ?? '']
  return typeof value === 'string' ? plainDateOf(value) : createdOn
}

/** The day before, the day itself, and the next real 納期限 after it: before and after. */
async function examplesOf(
  sql: Sql,
  { name, definition }: { readonly name: string; readonly definition: OptionDefinition },
  versions: readonly OptionVersion[],
  { value, validFrom }: { readonly value: number | boolean | string; readonly validFrom: PlainDate },
): Promise<OptionImpact['examples']> {
  const next =
    definition.basis === '納期限'
      ? (
          await sql.one<{ on: PlainDate | null }>(
            `select min(due_on) as on from instalments where due_on > $1 and cancelled_on is null`,
            [validFrom],
          )
        ).on
      : null
  const before = scheduleOf(name, definition, versions)
  const after = scheduleOf(name, definition, [...versions, { name, validFrom, value }])
  return [addDays(validFrom, -1), validFrom, ...(next === null ? [] : [next])].map((day) => ({
    day,
    before: sayOn(before, definition, day),
    after: sayOn(after, definition, day),
  }))
}
