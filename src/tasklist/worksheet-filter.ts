import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { Fault } from '#kernel/faults.ts'
import { foldForSearch } from '#rules/names/fold-for-search.ts'
import type { WorksheetKind } from '#runtime/worksheet/kind.ts'
import type { WorksheetFilter } from '#runtime/worksheet/facets.ts'
import type { WorksheetSort } from '#runtime/worksheet/read.ts'
import { worksheetFilter } from './worksheet.schema.ts'

const ajv = new Ajv({ strict: false })
// ajv-formats is CommonJS: its function sits on `default` under Node's module rules.
;(formats as unknown as { default: (target: Ajv) => void }).default(ajv)
const isFilter = ajv.compile<WorksheetFilter>(worksheetFilter)

/** The filter in an address: JSON of the closed filter language. Throws REQ-001. */
export function parseFilter(text: string | undefined): WorksheetFilter {
  if (text === undefined || text === '') return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Fault('REQ-001', { detail: 'query/filter JSON ではありません。' })
  }
  if (!isFilter(value)) throw new Fault('REQ-001', { detail: 'query/filter 絞り込みの形が違います。' })
  return value
}

/** What a list can be filtered by: a kind without versions has no 前版との差. The text is folded as names are stored. */
export function filterFor(kind: WorksheetKind, filter: WorksheetFilter): WorksheetFilter {
  if (filter.change !== undefined && !kind.detailColumns.includes('change'))
    throw new Fault('REQ-001', { detail: 'filter/change この一覧では使えません。' })
  if (filter.text === undefined) return filter
  const digits = filter.text.normalize('NFKC').replaceAll(/\s/g, '')
  const text = /^\d+$/.test(digits) ? digits : foldForSearch(filter.text)
  return { ...filter, text: text.replaceAll(/[\\%_]/g, String.raw`\$&`) }
}

/** 「-unpaidYen」 → descending. Throws REQ-001 for a column that the list cannot be sorted by. */
export function sortFor(kind: WorksheetKind, sort: string | undefined): WorksheetSort | null {
  if (sort === undefined || sort === '') return null
  const column = sort.startsWith('-') ? sort.slice(1) : sort
  if (!kind.columns.some(({ name, isSortable }) => name === column && isSortable))
    throw new Fault('REQ-001', { detail: 'sort この列では並べ替えられません。' })
  return { column, descending: sort.startsWith('-') }
}
