import type { ReactNode } from 'react'
import type { Reply } from '#api/contract.ts'
import { plainDateOf } from '#kernel/plain-date.ts'
import { inJapan, warekiDay, warekiText } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { Button } from '#web/ui/button.tsx'
import { yearAndPeriod } from '#web/lib/periods.ts'
import { lookOf } from '../task/kinds/index.ts'
import type { KindLook } from '../task/kinds/kind.ts'
import { noPaperWord } from '../task/kinds/no-paper.ts'
import { cellContent, whyOf, type Worksheet } from '../task/sheet-columns.tsx'
import type { SheetRow } from '../task/sheet-query.ts'
import { ON_SCREEN, useWholeList } from './use-whole-list.ts'

type PrintList = Reply<'POST /api/tasks/:taskId/worksheet/print'>

interface PaperColumn {
  readonly key: string
  readonly head: string
  readonly isNumber?: boolean
  readonly className?: string
  cell(row: SheetRow): ReactNode
  readonly sum?: string | undefined
}

/** Columns of the paper: who, which instalment, what the kind puts first, and a box to tick. */
function paperColumns(look: KindLook, sheet: Worksheet, totals: PrintList['totals']): readonly PaperColumn[] {
  const own = look.columns
    .map(([name]) => sheet.columns.find((column) => column.name === name))
    .filter((column) => column !== undefined)
    .filter(({ name }) => name !== 'change')
    .map((column) => ({
      key: column.name,
      head: column.label,
      isNumber: column.type === 'yen' || column.type === 'integer',
      className:
        column.name === 'unpaidYen' || column.name === 'printedYen' ? 'b' : column.type === 'date' ? 'code' : '',
      cell: (row: SheetRow) => cellContent(row, column),
      ...(column.isTotalled ? { sum: formatNumber(totals.sums[column.name] ?? 0) } : {}),
    }))
  return [
    { key: 'insuredNo', head: '被保険者番号', className: 'code', cell: ({ insuredNo }) => insuredNo },
    { key: 'name', head: '氏名', cell: ({ personName }) => personName },
    { key: 'kana', head: 'カナ', cell: ({ personKana }) => personKana },
    { key: 'period', head: '期別', cell: ({ key }) => yearAndPeriod(key.fukaYear, key.period) },
    {
      key: 'verdict',
      head: '判定',
      cell: ({ verdict, cells: { unprintable } }) =>
        unprintable ? noPaperWord(unprintable).word : (look.verdicts[verdict]?.word ?? verdict),
    },
    ...own,
    {
      key: 'why',
      head: '理由・注意',
      className: 'wrap',
      cell: (row) => {
        const { main, rest } = whyOf(row, sheet)
        return [main, rest].filter(Boolean).join('・')
      },
    },
    { key: 'tick', head: '確認', className: 'tick', cell: () => '□' },
  ]
}

/** 一覧表: the head repeats on every page, no row is cut, the total stands on the last page; a long one is all on the paper only. */
export function PrintSheet({ list, sheet, name }: { list: PrintList; sheet: Worksheet; name: string }) {
  const look = lookOf(sheet.kind, sheet.counted)
  const columns = paperColumns(look, sheet, list.totals)
  const yen = list.totals.byVerdict.reduce((sum, one) => sum + one.yen, 0)
  const { day, time } = inJapan(list.printedAt)
  const span = columns.length + 1
  const [isWhole, drawWhole] = useWholeList()
  const rows = isWhole ? list.rows : list.rows.slice(0, ON_SCREEN)
  const left = list.rows.length - rows.length
  return (
    <section className="sheetpaper" aria-label={`${look.noun}一覧`}>
      <table className="pl">
        <thead>
          <tr className="ph">
            <th colSpan={span} scope="colgroup">
              <span className="ph1">
                <b>{look.noun}一覧</b>
                <span>{list.runTitle}</span>
                <span>処理番号 {list.runNumber}</span>
                <span>{name}</span>
                <span>第{list.version}版</span>
              </span>
              <span className="ph2">
                <span>{list.municipality} 後期高齢者医療</span>
                {list.asOf && <span>基準日 {warekiText(list.asOf)}</span>}
                <span>
                  {formatNumber(list.totals.count)}
                  {look.counter} {formatNumber(yen)}円
                </span>
                <span className="r">
                  印刷 {list.printedBy} {warekiDay(plainDateOf(day))}
                  {time} 端末 {list.terminal}
                </span>
              </span>
            </th>
          </tr>
          <tr>
            <th scope="col" className="n">
              連番
            </th>
            {columns.map(({ key, head, isNumber, className }) => (
              <th key={key} scope="col" className={`${isNumber ? 'n' : ''} ${className === 'tick' ? 'tick' : ''}`}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tfoot>
          <tr className="pf">
            <td colSpan={span}>
              {list.municipality} 後期高齢者医療 {list.runNumber} 取扱注意
            </td>
          </tr>
        </tfoot>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.rowNo}>
              <td className="n">{formatNumber(index + 1)}</td>
              {columns.map((column) => (
                <td key={column.key} className={`${column.isNumber ? 'n' : ''} ${column.className ?? ''}`}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
          {left > 0 && (
            <tr className="more">
              <td colSpan={span}>
                <span className="row">
                  画面は初めの{formatNumber(rows.length)}
                  {look.counter}です。紙には{formatNumber(list.rows.length)}
                  {look.counter}すべてが出ます。
                  <Button look="secondary" onClick={drawWhole}>
                    残りの{formatNumber(left)}
                    {look.counter}も見る
                  </Button>
                </span>
                <b className="onpaper">
                  この紙は途中までです。残りの{formatNumber(left)}
                  {look.counter}が出ていません。印刷の確認から印刷し直してください。
                </b>
              </td>
            </tr>
          )}
          <tr className="sum">
            <td colSpan={3}>
              合計 {formatNumber(list.totals.count)}
              {look.counter}
            </td>
            {columns.slice(2).map(({ key, isNumber, sum }) => (
              <td key={key} className={isNumber ? 'n' : ''}>
                {sum}
              </td>
            ))}
          </tr>
          {/* a row, so that it never stands alone on a page without its head */}
          <tr className="fin">
            <td colSpan={span}>
              {list.omitted > 0
                ? `支援措置により${formatNumber(list.omitted)}件を除いています(別の一覧で係長が扱います)。`
                : '支援措置により除いたものはありません。'}
              使い終わったら裁断してください。
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  )
}
