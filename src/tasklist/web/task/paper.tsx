import { useEffect, useState, type ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import { addressOf } from '#web/lib/api.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { Button } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import type { KindLook } from './kinds/kind.ts'
import type { SheetRow } from './sheet-query.ts'

interface PaperProps {
  readonly row: SheetRow | undefined
  readonly look: KindLook
  readonly isMine: boolean
  readonly onOut: () => void
  readonly onBack: () => void
  readonly onMove: (step: number) => void
  /** What can be looked at in the paper's place, and its button; false while the paper is up. */
  readonly beside: ReactNode
  readonly besideTitle: string
  readonly onBeside: () => void
}

const SETTLE_MS = 300
/** Marks of a letter that prints another spelling than the registered one. */
const SPELT: readonly string[] = ['代替表記', '縮退']

/** A paper is fetched when one stays on a row; running through a list with ↓ fetches none. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** 発行不能: why there is no paper, and for a character without glyph the way to one. */
function NoPaper({ row }: { row: SheetRow | undefined }) {
  if (!row) return <p className="panel sub">行を選ぶと紙面が出ます。</p>
  return (
    <div className="panel stack">
      <p className="sub">この行に紙面はありません(発行不能)。</p>
      {row.cells['unprintable'] === 'U03' && (
        <p>
          <Link to="/insured/$insuredId/spellings" params={{ insuredId: row.insuredId }}>
            印字する字を決める(代替表記)
          </Link>
        </p>
      )}
    </div>
  )
}

/** 紙面の確認: the amounts compared, the decision beside them, and the paper itself as it will be printed. */
export function Paper({ row, look, isMine, onOut, onBack, onMove, beside, besideTitle, onBeside }: PaperProps) {
  const isBeside = beside !== false
  const address = row?.noticeId
    ? addressOf('GET /api/documents/:documentId', { documentId: `notice-${row.noticeId}` })
    : null
  const shown = useSettled(address)
  const printed = row?.printedYen ?? 0
  const current = row?.currentYen ?? 0
  return (
    <section className="viewer" aria-label="紙面の確認">
      <div className="bar2">
        <b>督促状</b>
        <span className="sub nw">
          {row ? `印刷番号 ${typeof row.cells['printNo'] === 'number' ? row.cells['printNo'] : '—'}` : ''}
        </span>
        <span className="end row">
          <button type="button" className="hbtn" aria-label="前の通知" onClick={() => onMove(-1)}>
            <Icon name="up" />
          </button>
          <button type="button" className="hbtn" aria-label="次の通知" onClick={() => onMove(1)}>
            <Icon name="down" />
          </button>
          <button type="button" className="hbtn" aria-pressed={isBeside} onClick={onBeside}>
            <Icon name="talk" />
            {besideTitle}
          </button>
          {address && (
            <a className="hbtn" href={address} target="_blank" rel="noreferrer">
              <Icon name="doc" />
              PDF
            </a>
          )}
        </span>
      </div>
      {row && (
        <div className="cmp">
          <dl className="row">
            <div>
              <dt>印字した額</dt>
              <dd>{formatNumber(printed)}円</dd>
            </div>
            <div>
              <dt>今の未納額</dt>
              <dd>{formatNumber(current)}円</dd>
            </div>
            <div>
              <dt>差</dt>
              <dd>{formatNumber(current - printed)}円</dd>
            </div>
          </dl>
          {row.flags.some((flag) => SPELT.includes(flag)) && (
            <p>
              <Link to="/insured/$insuredId/spellings" params={{ insuredId: row.insuredId }}>
                登録と違う字で印字({row.flags.filter((flag) => SPELT.includes(flag)).join('・')})
              </Link>
            </p>
          )}
          {isMine && row.noticeId && (
            <div className="row end">
              <Button look="primary" shortcut="E" onClick={onOut}>
                {look.out?.verb}
              </Button>
              <Button look="secondary" shortcut="I" onClick={onBack}>
                {look.back?.verb}
              </Button>
            </div>
          )}
        </div>
      )}
      {isBeside ? (
        <div className="tabpanel beside">{beside}</div>
      ) : address ? (
        <iframe className="sheetframe" src={shown ?? address} title="督促状の紙面" />
      ) : (
        <NoPaper row={row} />
      )}
    </section>
  )
}
