import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import { addressOf } from '#web/lib/api.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { useSettled } from '#web/lib/use-settled.ts'
import { Button } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Note } from '#web/ui/note.tsx'
import type { KindLook } from './kinds/kind.ts'
import { isNoPaperCode, type NoPaperCode } from './kinds/no-paper.ts'
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

/** Marks of a letter that prints another spelling than the registered one. */
const SPELT: readonly string[] = ['代替表記', '縮退']

/** 次にすること where there is no 紙面, up to the letter: after a repair 個別作成 makes it. */
const REPAIRS: Readonly<Record<NoPaperCode, string>> = {
  A02: 'することはありません。ほかの処理回が督促状を作ったか、督促が済んでいるため、この処理からは送りません。どの処理回かは、被保険者照会の「通知と送付先」で確かめられます。',
  U01: '宛名か送付先に住所を登録し、「個別作成」を押してください。支援措置の対象者は、送付先の住所だけを使います。',
  U02: '宛名か送付先の郵便番号を7桁に直し、「個別作成」を押してください。',
  U03: '印字する字を代替表記で決め、「個別作成」を押してください。',
  U04: '支援措置の対象者です。送るときは「把握からやり直す」で002に戻り、係長が対象に戻してください(個別送付)。',
  U05: '同じ区分で同じ日に始まる送付先が二つあります。一つにして、「個別作成」を押してください。',
  U06: '亡くなった方です。相続人代表者を送付先に登録し、「個別作成」を押してください。',
  U07: '宛先が封筒の窓に入りません。短く書ける送付先を登録し、「個別作成」を押してください。',
  U08: '基準日の残高が滞納者一覧と違います。「把握からやり直す」を選んでください。',
}

/** 発行不能: why there is no paper, 次にすること, and the way to where it is done. */
function NoPaper({ row }: { row: SheetRow | undefined }) {
  if (!row) return <p className="panel sub">行を選ぶと紙面が出ます。</p>
  const code = row.cells['unprintable']
  if (!isNoPaperCode(code)) return <p className="panel sub">この行に紙面はありません。</p>
  const person = { insuredId: row.insuredId }
  return (
    <div className="panel stack">
      <Note kind={code === 'A02' ? 'info' : 'warn'} next={REPAIRS[code]} code={code}>
        <b>この行に紙面はありません({code === 'A02' ? '督促済・他の処理回で作成中' : '発行不能'})。</b>
      </Note>
      <p>
        {code === 'U03' ? (
          <Link to="/insured/$insuredId/spellings" params={person}>
            印字する字を決める(代替表記)
          </Link>
        ) : (
          <Link to="/insured/$insuredId" params={person}>
            被保険者照会で宛名と送付先を見る
          </Link>
        )}
      </p>
    </div>
  )
}

/** 紙面の確認: the amounts compared, the decision beside them, and the paper itself as it will be printed. */
export function Paper({ row, look, isMine, onOut, onBack, onMove, beside, besideTitle, onBeside }: PaperProps) {
  const isBeside = beside !== false
  const address = row?.noticeId
    ? addressOf('GET /api/documents/:documentId', { documentId: `notice-${row.noticeId}` })
    : null
  const shown = useSettled(address) // running through a list with ↓ fetches no paper
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
        <div className={address === null || current === printed ? 'cmp' : 'cmp differs'}>
          <dl className="row">
            {address && (
              <div>
                <dt>印字した額</dt>
                <dd>{formatNumber(printed)}円</dd>
              </div>
            )}
            <div>
              <dt>今の未納額</dt>
              <dd>{formatNumber(current)}円</dd>
            </div>
            {address && (
              <div>
                <dt>差</dt>
                <dd>{formatNumber(current - printed)}円</dd>
              </div>
            )}
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
        // no stop of the Tab key: a browser's viewer may keep the focus, and 「PDF」 opens the same paper by itself
        <iframe className="sheetframe" src={shown ?? address} title="督促状の紙面" tabIndex={-1} />
      ) : (
        <NoPaper row={row} />
      )}
    </section>
  )
}
