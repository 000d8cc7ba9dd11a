import iconv from 'iconv-lite'

export type CsvEncoding = 'utf-8' | 'cp932'

const LINE_END = '\r\n'
/** A cell that a spreadsheet would run as a formula gets an apostrophe in front. */
const FORMULA = /^[=+\-@\t\r]/
const LEADING_ZERO = /^0\d+$/

/**
 * A value as a cell. `keepsZeros`: a number with leading zeros is written as ="0012", because a spreadsheet that opens the
 * file by a double click would take the zeros away; other programs read the plain digits.
 */
function cell(value: unknown, keepsZeros: boolean): string {
  const text = textOf(value)
  if (keepsZeros && typeof value === 'string' && LEADING_ZERO.test(text)) return `"=""${text}"""`
  const safe = typeof value === 'number' || !FORMULA.test(text) ? text : `'${text}`
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const textOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.join(' ')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** The mark that tells a spreadsheet its character set; CP932 has none. */
export const csvMark = (encoding: CsvEncoding): Buffer =>
  encoding === 'utf-8' ? Buffer.from([0xef, 0xbb, 0xbf]) : Buffer.alloc(0)

/** Lines of cells as bytes. */
export function csvLines(
  lines: Iterable<readonly unknown[]>,
  { encoding, keepsZeros }: { readonly encoding: CsvEncoding; readonly keepsZeros: boolean },
): Buffer {
  let text = ''
  for (const cells of lines) text += cells.map((one) => cell(one, keepsZeros)).join(',') + LINE_END
  return encode(text, encoding)
}

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
