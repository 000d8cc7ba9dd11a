import type { Profile, ProfileColumn } from '#intake/profile.ts'
import { sayDigits } from '#intake/read-value.ts'

interface Difference {
  readonly label: string
  readonly before: string | null
  readonly after: string | null
}

type Head = 'title' | 'version' | 'encoding' | 'lineEnd' | 'header' | 'onBadLine'
/** What is said of a layout as a whole, and its codes in words. */
const HEAD: Readonly<Record<Head, readonly [label: string, words?: Readonly<Record<string, string>>]>> = {
  title: ['名前'],
  version: ['版'],
  encoding: ['文字コード', { 'utf-8': 'UTF-8', cp932: 'Shift_JIS(CP932)' }],
  lineEnd: ['改行', { crlf: 'CRLF', lf: 'LF' }],
  header: ['見出し行', { true: 'あり', false: 'なし' }],
  onBadLine: [
    '誤りのある行',
    { listLine: '一覧に出し、ほかの行を受け入れる', refuseFile: 'ファイル全体を受け入れない' },
  ],
}

/** Where two layouts of a kind differ: what is said of the whole, then column by column in the order of the new one. */
export function profileDifferences(before: Profile, after: Profile): Difference[] {
  const head = (Object.keys(HEAD) as Head[]).map((key) => ({
    label: HEAD[key][0],
    before: headText(before, key),
    after: headText(after, key),
  }))
  const fields = [...new Set([...after.columns, ...before.columns].map(({ field }) => field))]
  const columns = fields.map((field) => ({
    label: after.columns.find((column) => column.field === field)?.name ?? field,
    before: columnText(before, field),
    after: columnText(after, field),
  }))
  return [...head, ...columns].filter((one) => one.before !== one.after)
}

function headText(profile: Profile, key: Head): string {
  const text = String(profile[key])
  return HEAD[key][1]?.[text] ?? text
}

/** 「3番目 郵便番号 数字7桁 必須 支援措置で伏せる」 */
function columnText({ columns }: Profile, field: string): string | null {
  const index = columns.findIndex((column) => column.field === field)
  const column = columns[index]
  if (column === undefined) return null
  const words = [`${index + 1}番目`, column.name, typeText(column)]
  if (column.required === true) words.push('必須')
  if (column.isProtected === true) words.push('支援措置で伏せる')
  return words.join(' ')
}

function typeText(column: ProfileColumn): string {
  switch (column.type) {
    case 'text':
      return `文字${column.max}字まで`
    case 'digits':
      return column.pattern === undefined ? sayDigits(column) : `${sayDigits(column)}(${column.hint ?? column.pattern})`
    case 'code':
      return `コード ${Object.entries(column.codes)
        .map(([written, meant]) => `${written}=${meant}`)
        .join('、')}`
    case 'date':
      return '日付'
    case 'year':
      return '年度'
    case 'yen':
      return '円'
    default:
      return column satisfies never
  }
}
