import { Type } from 'typebox'
import { Fault } from '#kernel/faults.ts'
import type { Clock } from '#kernel/clock.ts'
import { addYears, fiscalYearOf, type PlainDate } from '#kernel/plain-date.ts'
import type { Sql } from '#db/database.ts'
import { loadHolidays } from '#db/calendar.ts'
import { optionVersions } from '#db/ordinance-options.ts'
import type { OptionVersion } from '#rules/options.ts'
import { resolveTokusokuOptions } from '#rules/tokusoku/options.ts'
import { defaultAsOf, defaultIssueOn, refuseTokusokuDates } from '#rules/tokusoku/run-dates.ts'
import { issueLimitOn } from '#rules/tokusoku/issue-limit.ts'
import { formatWarekiFiscalYear } from '#rules/calendar/wareki.ts'
import type { RunPlan } from '#runtime/flow.ts'
import { closed, PlainDateText } from '#runtime/schema.ts'
import { runDates } from './dates.ts'
import { sameDueOn } from './same-due-on.ts'

/** 処理の始めの項目 (sheet 5.2 §2). All may be left out: the defaults are the usual run. */
export const tokusokuParams = Type.Object(
  {
    dueOn: Type.Optional(PlainDateText),
    asOf: Type.Optional(PlainDateText),
    issueOn: Type.Optional(PlainDateText),
    includeCarriedOver: Type.Optional(Type.Boolean()),
    lateReason: Type.Optional(Type.String({ maxLength: 200 })), // too short for a late run: F52-04
    title: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  },
  closed,
)

interface Given {
  readonly dueOn?: PlainDate
  readonly asOf?: PlainDate
  readonly issueOn?: PlainDate
  readonly includeCarriedOver?: boolean
  readonly lateReason?: string
  readonly title?: string
}

/** The versions of the ordinance options as they were recorded when the run started. */
export interface PinnedOptions {
  readonly versions: readonly OptionVersion[]
}

/** Completes and checks the parameters. Throws F52-01 … F52-04. */
export async function planRun(params: unknown, sql: Sql, clock: Clock): Promise<RunPlan> {
  const given = params as Given // checked against tokusokuParams by the runtime
  const filled = await fill(given, sql, clock)
  const { holidays, options, versions, ...dates } = filled
  const known = await sql.maybe(
    `select 1 from instalments where due_on = $1 and method = '普徴' and cancelled_on is null limit 1`,
    [dates.dueOn],
  )
  if (known === null) throw new Fault('F52-01')
  const lateReason = given.lateReason ?? null
  const refusal = refuseTokusokuDates({ ...dates, lateReason }, clock.today(), options, holidays)
  if (refusal !== null) throw new Fault(refusal)
  const { includeCarriedOver = true } = given
  const title = given.title ?? (await defaultTitle(sql, dates.dueOn))
  return {
    title,
    fiscalYear: fiscalYearOf(clock.today()),
    params: { ...dates, includeCarriedOver, lateReason, title },
    options: { versions } satisfies PinnedOptions,
    variables: runDates(dates, options, holidays),
    cautions: await sameDueOn(sql, dates.dueOn),
  }
}

/** The parameters a form starts with, and what follows from them, for what the person has chosen so far. */
export async function runDefaults(sql: Sql, clock: Clock, hint: Readonly<Record<string, unknown>>): Promise<object> {
  const { holidays, options, versions: _, ...dates } = await fill(hint as Given, sql, clock)
  const limitOn = issueLimitOn({ dueOn: dates.dueOn, deferredUntil: null }, options.issueLimitDays)
  return {
    ...dates,
    includeCarriedOver: hint['includeCarriedOver'] ?? true,
    title: await defaultTitle(sql, dates.dueOn),
    limitOn,
    needsLateReason: dates.issueOn > limitOn,
    derived: runDates(dates, options, holidays),
    dueOnChoices: await dueDates(sql, clock.today()),
  }
}

async function fill(given: Given, sql: Sql, clock: Clock) {
  const today = clock.today()
  const dueOn = given.dueOn ?? (await latestDueOn(sql, today))
  const holidays = await loadHolidays(sql, addYears(dueOn, -1), addYears(today, 1))
  const versions = await optionVersions(sql, '5-2-tokusoku')
  const before = resolveTokusokuOptions(versions, given.issueOn ?? today)
  const issueOn = given.issueOn ?? defaultIssueOn(dueOn, today, before, holidays)
  const options = resolveTokusokuOptions(versions, issueOn)
  const asOf = given.asOf ?? defaultAsOf(dueOn, issueOn, holidays)
  return { dueOn, asOf, issueOn, holidays, versions, options }
}

/** 本日より前の最後の納期限. Throws F52-01 when no instalment has one. */
async function latestDueOn(sql: Sql, today: PlainDate): Promise<PlainDate> {
  const { on } = await sql.one<{ on: PlainDate | null }>(
    `select max(due_on) as on from instalments where due_on < $1 and method = '普徴' and cancelled_on is null`,
    [today],
  )
  if (on === null) throw new Fault('F52-01')
  return on
}

const dueDates = (
  sql: Sql,
  today: PlainDate,
): Promise<readonly { readonly dueOn: PlainDate; readonly count: number }[]> =>
  sql.rows(
    `select due_on as "dueOn", count(*)::int as count from instalments where due_on < $1 and method = '普徴' and cancelled_on is null
     group by 1 order by 1 desc limit 24`,
    [today],
  )

/** 「令和8年度 第4期 督促」: year and period that most instalments of this 納期限 have. */
async function defaultTitle(sql: Sql, dueOn: PlainDate): Promise<string> {
  const top = await sql.maybe<{ year: number; period: string }>(
    `select fuka_year as year, period from instalments where due_on = $1 and method = '普徴' and cancelled_on is null
     group by 1, 2 order by count(*) desc, 1, 2 limit 1`,
    [dueOn],
  )
  if (top === null) return '督促'
  const period = Number(top.period) > 12 ? `随時${top.period}` : `第${Number(top.period)}期`
  return `${formatWarekiFiscalYear(top.year)} ${period} 督促`
}
