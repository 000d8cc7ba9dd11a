import { Link } from '@tanstack/react-router'
import { formatWarekiFiscalYear } from '#rules/calendar/wareki.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { yearAndPeriod } from '#web/lib/periods.ts'
import { Mask } from '#web/ui/mask.tsx'
import { Note } from '#web/ui/note.tsx'
import type { KindLook } from './kinds/kind.ts'
import { cellContent, whyOf, type Worksheet } from './sheet-columns.tsx'
import type { SheetRow } from './sheet-query.ts'

interface RowDetailProps {
  readonly row: SheetRow | undefined
  readonly sheet: Worksheet
  readonly look: KindLook
  /** What taking back a person under 抑止 leads to; null where nothing is taken back. */
  readonly ofProtected: string | null
}

/** 明細 of the row one stands on: everything the list knows, without scrolling sideways. */
export function RowDetail({ row, sheet, look, ofProtected }: RowDetailProps) {
  if (!row) return <p className="panel sub">行を選ぶと明細が出ます。</p>
  const { main, rest } = whyOf(row, sheet)
  const verdict = (word: string) => look.verdicts[word]?.word ?? word
  return (
    <div className="panel stack">
      <h2>
        <Link to="/insured/$insuredId" params={{ insuredId: row.insuredId }}>
          {row.personName}
        </Link>
      </h2>
      {row.isProtected && (
        <Note kind="guard">
          <b>支援措置の対象者です。</b>住所・カナ・金融機関は伏せています。{row.verdict !== '対象' && ofProtected}
        </Note>
      )}
      <dl className="kv">
        <dt>判定</dt>
        <dd>
          {verdict(row.verdict)}
          {row.verdict !== row.baseVerdict && (
            <span className="sub">
              (把握のとき {verdict(row.baseVerdict)}、{row.markedBy} が変えた)
            </span>
          )}
        </dd>
        <dt>理由・注意</dt>
        <dd>
          <b>{main}</b> {rest}
        </dd>
        <dt>被保険者番号</dt>
        <dd className="code">{row.insuredNo}</dd>
        <dt>氏名カナ</dt>
        <dd>{row.personKana ?? <Mask />}</dd>
        <dt>期別</dt>
        <dd className="code">
          {yearAndPeriod(row.key.fukaYear, row.key.period)}(調定 {formatWarekiFiscalYear(row.key.choteiYear)})
        </dd>
        <dt>通知書番号</dt>
        <dd className="code">{row.key.tsuchishoNo}</dd>
        <dt>未納額</dt>
        <dd className="code">{formatNumber(row.unpaidYen)}円</dd>
        {sheet.columns
          .filter(({ name }) => name !== 'unpaidYen' && !look.hidden.includes(name))
          .map((column) => (
            <div key={column.name} className="kvrow">
              <dt>{column.label}</dt>
              <dd>{cellContent(row, column)}</dd>
            </div>
          ))}
        <dt>メモ</dt>
        <dd>{row.note ?? '—'}</dd>
      </dl>
    </div>
  )
}
