import iconv from 'iconv-lite'
import type { FlowDefinition } from '#runtime/flow.ts'
import type { WorksheetKind } from '#runtime/worksheet/kind.ts'
import type { ReadRow } from '#runtime/worksheet/read.ts'
import { rowView } from './queries/worksheet-view.ts'

export type CsvEncoding = 'utf-8' | 'cp932'

const LINE_END = '\r\n'
/** A cell that a spreadsheet would run as a formula gets an apostrophe in front. Leading zeros stay as text. */
const FORMULA = /^[=+\-@\t\r]/
const cell = (value: unknown): string => {
  const text = textOf(value)
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
const textOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.join(' ')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
const line = (cells: readonly unknown[]): string => cells.map(cell).join(',') + LINE_END

const FIXED = [
  '行',
  '判定',
  '理由',
  '他の理由',
  '注意',
  '被保険者番号',
  '氏名カナ',
  '氏名',
  '賦課年度',
  '調定年度',
  '通知書番号',
  '期別',
]

/** 見出し of a list's CSV, with the mark that tells a spreadsheet its character set. */
export const csvHead = (kind: WorksheetKind, encoding: CsvEncoding): Buffer =>
  Buffer.concat([
    encoding === 'utf-8' ? Buffer.from([0xef, 0xbb, 0xbf]) : Buffer.alloc(0),
    encode(line([...FIXED, ...kind.columns.map(({ label }) => label), 'メモ', '判断者']), encoding),
  ])

/** 行. The caller leaves out who is under 抑止 and says so at the end. */
export function csvRow(flow: FlowDefinition, kind: WorksheetKind, row: ReadRow, encoding: CsvEncoding): Buffer {
  const view = rowView(flow, kind, row)
  const word = (code: string): string => flow.words?.reasons[code] ?? code
  const reason = view.markReason ?? view.reason
  return encode(
    line([
      view.rowNo,
      view.verdict,
      reason === null ? '' : `${reason} ${word(reason)}`,
      view.otherReasons.map(word).join('・'),
      view.flags.map((flag) => flow.words?.flags[flag] ?? flag).join('・'),
      view.insuredNo,
      view.personKana,
      view.personName,
      view.key.fukaYear,
      view.key.choteiYear,
      view.key.tsuchishoNo,
      view.key.period,
      ...kind.columns.map(({ name }) => view.cells[name]),
      view.note,
      view.markedBy,
    ]),
    encoding,
  )
}

/** 末尾の断り書き. */
export const csvFoot = (omitted: number, encoding: CsvEncoding): Buffer =>
  omitted === 0 ? Buffer.alloc(0) : encode(line([`支援措置により${omitted}件を除いています`]), encoding)

/** CP932 cannot write every name: such a letter becomes 〓, never a silent question mark. */
function encode(text: string, encoding: CsvEncoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text)
  const bytes = iconv.encode(text, 'cp932')
  if (iconv.decode(bytes, 'cp932') === text) return bytes
  const known = [...text].map((letter) =>
    iconv.decode(iconv.encode(letter, 'cp932'), 'cp932') === letter ? letter : '〓',
  )
  return iconv.encode(known.join(''), 'cp932')
}
