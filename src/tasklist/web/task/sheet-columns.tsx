import type { ReactNode } from 'react'
import type { Reply } from '#api/contract.ts'
import { parsePlainDate } from '#kernel/plain-date.ts'
import { formatWarekiFiscalYear, formatWarekiShort } from '#rules/calendar/wareki.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { yearAndPeriod } from '#web/lib/periods.ts'
import { Badge } from '#web/ui/badge.tsx'
import type { GridColumn } from '#web/ui/grid/data-grid.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Mask } from '#web/ui/mask.tsx'
import type { KindLook, VerdictWord } from './kinds/kind.ts'
import { noPaperWord } from './kinds/no-paper.ts'
import type { SheetPage, SheetRow } from './sheet-query.ts'

export type Worksheet = NonNullable<Reply<'GET /api/tasks/:taskId'>['worksheet']>
type Info = Worksheet['columns'][number]

const WIDTH: Record<Info['type'], number> = { text: 8, yen: 5.6, date: 5.8, integer: 5, list: 12, instalment: 6 }

export const nothingHere = (
  <span className="sub" aria-label="なし">
    —
  </span>
)

/** A value of a list's own column, as text or number; masked values are not in the page. */
export function cellContent(row: SheetRow, { name, type }: Pick<Info, 'name' | 'type'>): ReactNode {
  if (row.masked.includes(name)) return <Mask />
  const value = row.cells[name]
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    return nothingHere
  if (typeof value === 'number') return formatNumber(value)
  if (Array.isArray(value)) return value.join('・')
  const date = type === 'date' && typeof value === 'string' ? parsePlainDate(value) : null
  if (date !== null) return formatWarekiShort(date)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const isOne = (values: unknown, value: string): boolean => Array.isArray(values) && values.includes(value)

const labelOf = (coded: Worksheet['reasons'], code: string): string =>
  coded.find((one) => one.code === code)?.label ?? code

/**
 * 理由・注意 in one cell: the reason that holds, other reasons, flags, the memo. What stands on few rows comes first: what is
 * said of most of them (「24か月以内に督促がありません」) comes last, where the cell may cut it.
 */
export function whyOf(row: SheetRow, sheet: Worksheet): { main: string | null; rest: string } {
  const main = row.markReason ?? row.reason
  const others = row.otherReasons.map((code) => labelOf(sheet.reasons, code))
  const rowsWith = (flag: string) => sheet.chips.find(({ filter }) => isOne(filter['flag'], flag))?.count ?? 0
  const flags = row.flags.toSorted((a, b) => rowsWith(a) - rowsWith(b))
  const words = (isUsual: boolean) =>
    flags.filter((flag) => rowsWith(flag) * 2 > sheet.count === isUsual).map((code) => labelOf(sheet.flags, code))
  return {
    main: main === null ? null : labelOf(sheet.reasons, main),
    rest: [...others, ...words(false), ...(row.note ? [row.note] : []), ...words(true)].join('・'),
  }
}

const CHANGE: Readonly<Record<string, { tone: 'now' | 'warn'; icon: 'plus' | 'swap' }>> = {
  新しい: { tone: 'now', icon: 'plus' },
  額が変更: { tone: 'warn', icon: 'swap' },
  判定が変更: { tone: 'warn', icon: 'swap' },
}

/** 個別作成: nothing is proposed, a person decides. */
const UNDECIDED: VerdictWord = { word: '判断待ち', tone: 'warn', icon: 'alert' }

/** Columns of a review list: 判定, number and name frozen, then what the kind puts first, then everything else. */
export function sheetColumns(
  look: KindLook,
  sheet: Worksheet,
  totals: SheetPage['totals'] | undefined,
  pins: SheetPage['pins'],
): GridColumn<SheetRow>[] {
  const own = new Map(sheet.columns.map((column) => [column.name, column]))
  const fixed: Record<string, Omit<GridColumn<SheetRow>, 'key' | 'width'>> = {
    period: { head: '期別', className: 'code', cell: ({ key }) => yearAndPeriod(key.fukaYear, key.period) },
    why: {
      head: '理由・注意',
      className: 'el',
      title: (row) => {
        const { main, rest } = whyOf(row, sheet)
        return [main, rest].filter(Boolean).join('・')
      },
      cell: (row) => {
        const { main, rest } = whyOf(row, sheet)
        return (
          <>
            {row.isProtected && <Icon name="shield" label="抑止" />} {main && <b>{main}</b>} {rest}
          </>
        )
      },
    },
    change: {
      head: '前版との差',
      sort: own.get('change')?.isSortable ? 'change' : undefined,
      cell: ({ cells }) => {
        const word = typeof cells['change'] === 'string' ? cells['change'] : ''
        const look = CHANGE[word]
        return look ? <Badge {...look}>{word}</Badge> : <span className="sub">{word}</span>
      },
    },
  }
  const generic = (info: Info): Omit<GridColumn<SheetRow>, 'key' | 'width'> => ({
    head: info.label,
    isNumber: info.type === 'yen' || info.type === 'integer',
    sort: info.isSortable ? info.name : undefined,
    className: info.type === 'date' ? 'code' : info.type === 'text' || info.type === 'list' ? 'el' : '',
    cell: (row) => {
      const content = cellContent(row, info)
      const isMain = (info.name === 'unpaidYen' || info.name === 'printedYen') && row.cells[info.name] !== null
      return isMain ? <b className="strike">{content}</b> : content
    },
    foot: info.isTotalled && totals ? formatNumber(totals.sums[info.name] ?? 0) : null,
  })
  const at = (name: string, width: number): GridColumn<SheetRow>[] => {
    const info = own.get(name)
    const column = fixed[name] ?? (info ? generic(info) : undefined)
    return column ? [{ key: name, width, ...column }] : []
  }
  const first = look.columns.flatMap(([name, width]) => at(name, width))
  const shown = new Set([...look.columns.map(([name]) => name), ...look.hidden])
  const rest = sheet.columns
    .filter(({ name }) => !shown.has(name))
    .map((info) => ({ key: info.name, width: WIDTH[info.type], ...generic(info) }))
  const pinned = new Map(pins.map((pin) => [pin.rowNo, pin]))
  return [
    {
      key: 'verdict',
      head: '判定',
      width: look.hasPaper ? 7.9 : 5.3,
      isFrozen: true,
      cell: ({ rowNo, verdict, cells }) => {
        const isAlone = look.hasPaper && verdict === '要確認' && !cells['proposal']
        const none = cells['unprintable']
        const word = none ? noPaperWord(none) : isAlone ? UNDECIDED : look.verdicts[verdict]
        const pin = pinned.get(rowNo)
        return (
          <>
            {pin && <Icon name="pin" label={pin.isSeen ? '先頭に留めた(見た)' : '先頭に留めた(まだ見ていない)'} />}
            {word ? (
              <Badge tone={word.tone} icon={word.icon} isBare={word.isBare ?? false}>
                {word.word}
              </Badge>
            ) : (
              verdict
            )}
          </>
        )
      },
    },
    {
      key: 'insuredNo',
      head: '被保険者番号',
      width: 5.7,
      isFrozen: true,
      className: 'code',
      cell: ({ insuredNo }) => insuredNo,
    },
    {
      key: 'name',
      head: '氏名',
      width: 7.6,
      isFrozen: true,
      className: 'el',
      title: ({ personName }) => personName,
      cell: (row) => (
        <>
          {row.personName}{' '}
          {(row.hasNamesake || row.flags.includes('F-同')) && <Icon name="users" label="似た人がいます" />}
          {row.isProtected && <Icon name="shield" label="抑止" />}
        </>
      ),
    },
    ...first,
    ...rest,
    { key: 'kana', head: '氏名カナ', width: 8, className: 'el', cell: ({ personKana }) => personKana ?? <Mask /> },
    { key: 'choteiYear', head: '調定年度', width: 6, cell: ({ key }) => formatWarekiFiscalYear(key.choteiYear) },
    { key: 'tsuchishoNo', head: '通知書番号', width: 7, className: 'code', cell: ({ key }) => key.tsuchishoNo },
    { key: 'note', head: 'メモ', width: 12, className: 'el', cell: ({ note }) => note ?? nothingHere },
    {
      key: 'followUpOn',
      head: '再開日',
      width: 5.8,
      className: 'code',
      cell: ({ followUpOn }) => {
        const date = followUpOn === null ? null : parsePlainDate(followUpOn)
        return date === null ? nothingHere : formatWarekiShort(date)
      },
    },
    {
      key: 'markedBy',
      head: '判断者',
      width: 9,
      className: 'el',
      cell: ({ markedBy, isCarriedOver }) =>
        markedBy === null ? nothingHere : `${markedBy}${isCarriedOver ? '(前版から引継ぎ)' : ''}`,
    },
  ]
}

/** Column names of the CSV for columns of the screen: 理由・注意 is several there. */
export const csvNames = (keys: readonly string[]): string[] =>
  keys.flatMap((key) =>
    key === 'why' ? ['reason', 'otherReasons', 'flags'] : key === 'period' ? ['fukaYear', 'period'] : key,
  )
