import { useState } from 'react'
import { addressOf } from '#web/lib/api.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import type { SheetFilter } from './sheet-query.ts'

interface CsvDialogProps {
  readonly taskId: string
  readonly count: number
  readonly filter: SheetFilter
  readonly sort: string | undefined
  /** Names of the columns on screen. */
  readonly shown: readonly string[]
  readonly onClose: () => void
}

/** CSVに出す: character set, columns, and whether a spreadsheet shall keep the zeros in front of numbers. */
export function CsvDialog({ taskId, count, filter, sort, shown, onClose }: CsvDialogProps) {
  const [encoding, setEncoding] = useState<'utf-8' | 'cp932'>('utf-8')
  const [isWhole, setWhole] = useState(false)
  const [keepsZeros, setKeepsZeros] = useState(true)
  const address = addressOf(
    'GET /api/tasks/:taskId/worksheet.csv',
    { taskId },
    {
      ...(Object.keys(filter).length > 0 ? { filter: JSON.stringify(filter) } : {}),
      sort,
      encoding,
      ...(isWhole ? {} : { columns: shown.join(',') }),
      zeros: keepsZeros ? 'excel' : 'plain',
    },
  )
  const choice = (name: string, label: string, isOn: boolean, onChoose: () => void) => (
    <label>
      <input type="radio" name={name} checked={isOn} onChange={onChoose} />
      {label}
    </label>
  )
  return (
    <Dialog title={`${formatNumber(count)}件をCSVに出す`} onClose={onClose}>
      <fieldset className="fld">
        <legend>文字コード</legend>
        <div className="radios">
          {choice('encoding', 'UTF-8(BOM付き)', encoding === 'utf-8', () => setEncoding('utf-8'))}
          {choice('encoding', 'Shift_JIS(CP932。ない字は〓)', encoding === 'cp932', () => setEncoding('cp932'))}
        </div>
      </fieldset>
      <fieldset className="fld">
        <legend>列</legend>
        <div className="radios">
          {choice('columns', '画面に出ている列', !isWhole, () => setWhole(false))}
          {choice('columns', 'すべての列', isWhole, () => setWhole(true))}
        </div>
      </fieldset>
      <label className="row">
        <input type="checkbox" checked={keepsZeros} onChange={(event) => setKeepsZeros(event.target.checked)} />
        番号の先頭の0をExcelで残す(ほかのソフトで読むときは外す)
      </label>
      <p className="sub">支援措置の対象者は載せません。出したことは記録に残ります。</p>
      <div className="foot">
        <Button look="secondary" onClick={onClose}>
          やめる
        </Button>
        <a className="btn pri" href={address} download onClick={() => setTimeout(onClose)}>
          CSVに出す
        </a>
      </div>
    </Dialog>
  )
}
