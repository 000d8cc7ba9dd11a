import iconv from 'iconv-lite'
import { parse, type Info } from 'csv-parse'
import type { Readable } from 'node:stream'
import { Fault } from '#kernel/faults.ts'
import { shownValue, type LineError } from './line-errors.ts'
import type { Profile, ProfileColumn } from './profile.ts'
import { valueReader } from './read-value.ts'

/** One line of a file: its values in the order of the profile's columns, or what is wrong with it. */
export interface FileLine {
  readonly line: number
  readonly values: readonly (string | null)[]
  readonly errors: readonly LineError[]
}

interface Parsed {
  readonly record: readonly string[]
  readonly info: Info
}

/** Bytes → text. A byte order mark is taken away; bytes that cannot be read become U+FFFD, which a line error reports. */
export const decoded = (bytes: Readable, encoding: Profile['encoding']): NodeJS.ReadableStream =>
  bytes.pipe(iconv.decodeStream(encoding === 'cp932' ? 'cp932' : 'utf8', { stripBOM: true }))

/** Refuses the file when its header is not exactly the profile's. */
function checkHeader(found: readonly string[], columns: readonly ProfileColumn[]): void {
  const names = columns.map((column) => column.name)
  if (found.length === names.length && found.every((name, index) => name === names[index])) return
  const missing = names.filter((name) => !found.includes(name))
  const unknown = found.filter((name) => !names.includes(name)).map((name) => shownValue(name, false))
  const detail = [
    ...(missing.length > 0 ? [`足りない項目: ${missing.join('、')}`] : []),
    ...(unknown.length > 0 ? [`知らない項目: ${unknown.slice(0, 10).join('、')}`] : []),
    ...(missing.length === 0 && unknown.length === 0 ? ['項目の順序が違うか、重複しています'] : []),
  ].map((sentence) => `${sentence}。`)
  throw new Fault('FILE-002', { detail: detail.join('') })
}

/**
 * 行の読み取り: streams a file line by line in flat memory.
 * Throws FILE-002 (header), FILE-003 (not CSV), FILE-004 (empty).
 */
export async function* readLines(bytes: Readable, profile: Profile): AsyncGenerator<FileLine> {
  const columns = profile.columns
  const readers = columns.map(valueReader)
  const parser = parse({ info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: 1_000_000 })
  const text = decoded(bytes, profile.encoding)
  // pipe() does not carry failures on; without this a broken source would hang the reader
  bytes.on('error', (error) => parser.destroy(error))
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  let hasHeader = false
  try {
    // the parser is an object stream of { record, info } because of `info: true`
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      if (!hasHeader) {
        hasHeader = true
        if (profile.header) {
          checkHeader(record, columns)
          continue
        }
      }
      yield readLine(record, info.lines, columns, readers)
    }
  } catch (error) {
    if (isCsvError(error)) throw new Fault('FILE-003', { line: error.lines ?? 0 }, { cause: error.code })
    throw error
  } finally {
    bytes.destroy()
  }
  if (!hasHeader) throw new Fault('FILE-004')
}

interface CsvFailure {
  readonly code: string
  readonly lines?: number
}
const isCsvError = (error: unknown): error is CsvFailure =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('CSV_')

/** One record: each value by its column's reader, or what is wrong with it. */
export function readLine(
  record: readonly string[],
  line: number,
  columns: readonly ProfileColumn[],
  readers: readonly ReturnType<typeof valueReader>[],
): FileLine {
  if (record.length !== columns.length)
    return {
      line,
      values: [],
      errors: [{ field: null, value: null, code: 'L18', hint: `${columns.length}のはずが${record.length}` }],
    }
  const values: (string | null)[] = []
  let errors: LineError[] | undefined
  for (const [index, column] of columns.entries()) {
    const text = record[index] ?? ''
    const value = readers[index]?.(text) ?? null
    const isGood = value === null || typeof value === 'string'
    values.push(isGood ? value : null)
    if (!isGood) {
      errors ??= []
      errors.push({
        field: column.name,
        value: shownValue(text, column.isProtected),
        code: value.code,
        hint: value.hint,
      })
    }
  }
  return { line, values, errors: errors ?? [] }
}
