import type { Profile } from '#intake/profile.ts'

interface Difference {
  readonly label: string
  readonly before: string | null
  readonly after: string | null
}

const HEAD = {
  title: '名前',
  version: '版',
  encoding: '文字コード',
  lineEnd: '改行',
  header: '見出し行',
  onBadLine: '誤りのある行',
} as const

/** Where two layouts of a kind differ: what is said of the whole, then column by column in the order of the new one. */
export function profileDifferences(before: Profile, after: Profile): Difference[] {
  const head = Object.entries(HEAD).map(([key, label]) => ({
    label,
    before: String(before[key as keyof typeof HEAD]),
    after: String(after[key as keyof typeof HEAD]),
  }))
  const fields = [...new Set([...after.columns, ...before.columns].map(({ field }) => field))]
  const columns = fields.map((field) => ({
    label: after.columns.find((column) => column.field === field)?.name ?? field,
    before: columnText(before, field),
    after: columnText(after, field),
  }))
  return [...head, ...columns].filter((one) => one.before !== one.after)
}

function columnText({ columns }: Profile, field: string): string | null {
  const index = columns.findIndex((column) => column.field === field)
  const column = columns[index]
  return column === undefined ? null : `${index + 1}番目 ${JSON.stringify(column)}`
}
