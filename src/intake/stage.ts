import type { Readable } from 'node:stream'
import type { Tx } from '#db/database.ts'
import type { CopyValue } from '#db/copy-text.ts'
import { HIDDEN_VALUE, LINE_ERRORS, type LineErrorCode } from './line-errors.ts'
import type { FileLoader, StageCheck } from './loader.ts'
import { sqlTypeOf, type Profile } from './profile.ts'
import { readFurikae } from './read-furikae.ts'
import { readLines } from './read-lines.ts'

/** The lines of a file in the form its profile names. */
const linesOf = (bytes: Readable, profile: Profile) =>
  profile.format === 'zengin-furikae' ? readFurikae(bytes, profile) : readLines(bytes, profile)

/** Copies the lines of a file into the temporary table `stage` of this transaction. Returns the number of lines. */
export async function stageLines(tx: Tx, bytes: Readable, profile: Profile, loader: FileLoader): Promise<number> {
  const fields = profile.columns.map((column) => column.field)
  const derived = (loader.derived ?? []).map((one) => ({ ...one, index: fields.indexOf(one.from) }))
  const columns = [...fields, ...derived.map((one) => one.column)]
  const types = [...profile.columns.map(sqlTypeOf), ...derived.map(() => 'text')]
  await tx.run(
    `create temporary table stage (line bigint not null, ${columns
      .map((column, index) => `${column} ${types[index] ?? 'text'}`)
      .join(', ')}, errors jsonb) on commit drop`,
  )
  const nothing: readonly null[] = columns.map(() => null)
  async function* rows(): AsyncGenerator<readonly CopyValue[]> {
    for await (const { line, values, errors } of linesOf(bytes, profile)) {
      if (errors.length > 0) yield [line, ...nothing, JSON.stringify(errors)]
      else yield [line, ...values, ...derived.map((one) => one.compute(values[one.index] ?? '')), null]
    }
  }
  const count = await tx.copyIn('stage', ['line', ...columns, 'errors'], rows())
  await tx.run('analyze stage')
  return count
}

const DUPLICATE: LineErrorCode = 'L24'

/** Marks the lines that repeat an earlier one of the same file, or do not fit what is loaded. */
export async function checkStage(tx: Tx, profile: Profile, loader: FileLoader): Promise<void> {
  const [first] = loader.uniqueBy ?? []
  if (loader.uniqueBy !== undefined && first !== undefined)
    await tx.run(
      `update stage s set errors = ${errorJson(profile, { code: DUPLICATE, field: first, hint: 'd.first_line::text' })}
       from (select line, first_value(line) over (partition by ${loader.uniqueBy.join(', ')} order by line) as first_line
             from stage where errors is null) d
       where d.line = s.line and d.first_line < s.line`,
    )
  for (const check of loader.checks)
    await tx.run(`update stage s set errors = ${errorJson(profile, check)} where s.errors is null and (${check.isBad})`)
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

function errorJson(profile: Profile, error: Omit<StageCheck, 'isBad'>): string {
  const column = profile.columns.find(({ field }) => field === error.field)
  if (column === undefined) throw new Error(`profile ${profile.kind} has no field ${error.field}`)
  const value = column.isProtected === true ? literal(HIDDEN_VALUE) : `s.${column.field}::text`
  return `jsonb_build_array(jsonb_build_object('field', ${literal(column.name)}, 'value', ${value},
    'code', ${literal(error.code)}, 'hint', ${error.hint ?? `''`}))`
}

/** Writes the errors of all staged lines to `file_errors`, in the order of the file. Returns the number of bad lines. */
export async function keepErrors(tx: Tx, fileId: string): Promise<number> {
  await tx.run(
    `insert into file_errors (file_id, number, line, field, value, code, message, next)
     select $1, row_number() over (order by s.line, e.position), s.line, e.error ->> 'field', e.error ->> 'value',
       e.error ->> 'code',
       replace(texts.of -> (e.error ->> 'code') ->> 'message', '{hint}', coalesce(e.error ->> 'hint', '')),
       texts.of -> (e.error ->> 'code') ->> 'next'
     from (select $2::jsonb as of) texts, stage s
     cross join lateral jsonb_array_elements(s.errors) with ordinality as e (error, position)
     where s.errors is not null`,
    [fileId, JSON.stringify(LINE_ERRORS)],
  )
  const { count } = await tx.one<{ count: bigint }>(`select count(*) as count from stage where errors is not null`)
  return Number(count)
}

/** What is wrong with a line, for a trial: nothing is kept. */
export interface TrialError {
  readonly line: number
  readonly field: string | null
  readonly value: string | null
  readonly code: string
  readonly message: string
}

/** How many staged lines are bad, and the first errors. */
export async function trialErrors(
  tx: Tx,
  limit: number,
): Promise<{ readonly rejected: number; readonly errors: TrialError[] }> {
  const { rejected } = await tx.one<{ rejected: number }>(
    `select count(*)::int as rejected from stage where errors is not null`,
  )
  const errors = await tx.rows<TrialError>(
    `select s.line::int as line, e.error ->> 'field' as field, e.error ->> 'value' as value, e.error ->> 'code' as code,
       replace(texts.of -> (e.error ->> 'code') ->> 'message', '{hint}', coalesce(e.error ->> 'hint', '')) as message
     from (select $1::jsonb as of) texts, stage s
     cross join lateral jsonb_array_elements(s.errors) with ordinality as e (error, position)
     where s.errors is not null order by s.line, e.position limit $2`,
    [JSON.stringify(LINE_ERRORS), limit],
  )
  return { rejected, errors }
}
