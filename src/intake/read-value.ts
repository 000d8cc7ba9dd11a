import { parsePlainDate } from '#kernel/plain-date.ts'
import type { LineErrorCode } from './line-errors.ts'
import type { ProfileColumn } from './profile.ts'

/** A value ready for COPY, or what is wrong with it. */
export type ReadValue = string | null | { readonly code: LineErrorCode; readonly hint: string }
export type ValueReader = (text: string) => ReadValue

const bad = (code: LineErrorCode, hint = ''): { code: LineErrorCode; hint: string } => ({ code, hint })
/** U+FFFD is what a decoder writes for bytes it cannot read. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const UNREADABLE = /[\u0000-\u001f\u007f\ufffd]/
const YEN = /^(0|[1-9]\d{0,11})$/
const YEAR = /^(19|20)\d\d$/

/** 「数字7桁」, 「数字1〜3桁」 */
export const sayDigits = ({ min, max }: { readonly min: number; readonly max: number }): string =>
  min === max ? `数字${min}桁` : `数字${min}〜${max}桁`

function readerOfType(column: ProfileColumn): ValueReader {
  switch (column.type) {
    case 'text':
      // length in characters as a person counts them, not in UTF-16 units
      return (text) =>
        text.length <= column.max || [...text].length <= column.max ? text : bad('L16', `${column.max}`)
    case 'digits': {
      const pattern = new RegExp(column.pattern ?? `^\\d{${column.min},${column.max}}$`)
      const hint = column.hint ?? sayDigits(column)
      return (text) => (pattern.test(text) ? text : bad('L14', hint))
    }
    case 'code': {
      const codes = new Map(Object.entries(column.codes))
      const hint = [...codes.keys()].join('、')
      return (text) => codes.get(text) ?? bad('L15', hint)
    }
    case 'date':
      return (text) => parsePlainDate(text) ?? bad('L12')
    case 'year':
      return (text) => (YEAR.test(text) ? text : bad('L19'))
    case 'yen':
      return (text) => (YEN.test(text) ? text : bad('L13'))
    default:
      return column satisfies never
  }
}

/** 項目の読み取り of one column: text as it stands in the file → value, null when empty, or the error. */
export function valueReader(column: ProfileColumn): ValueReader {
  const read = readerOfType(column)
  const isRequired = column.required === true
  return (text) => {
    if (text === '') return isRequired ? bad('L11') : null
    return UNREADABLE.test(text) ? bad('L17') : read(text)
  }
}
