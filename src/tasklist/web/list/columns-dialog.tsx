import { useState } from 'react'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { COLUMN_ORDER, headOf, USUAL_COLUMNS } from './columns.tsx'
import type { ColumnKey } from './task-query.ts'

interface Props {
  readonly columns: readonly ColumnKey[]
  readonly onChoose: (columns: readonly ColumnKey[]) => void
  readonly onClose: () => void
}

/** 列: which are shown. They stand in the address and in a kept view. */
export function ColumnsDialog({ columns, onChoose, onClose }: Props) {
  const [chosen, setChosen] = useState<ReadonlySet<ColumnKey>>(new Set(columns))
  const toggle = (key: ColumnKey) =>
    setChosen((now) => {
      const next = new Set(now)
      if (!next.delete(key)) next.add(key)
      return next
    })
  return (
    <Dialog title="列を決める" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen.size === 0) return
          onChoose(COLUMN_ORDER.filter((key) => chosen.has(key)))
          onClose()
        }}
      >
        <fieldset>
          <legend>出す列</legend>
          <div className="checks">
            {COLUMN_ORDER.map((key) => (
              <label key={key} className="row">
                <input type="checkbox" checked={chosen.has(key)} onChange={() => toggle(key)} />
                {headOf(key)}
              </label>
            ))}
          </div>
        </fieldset>
        <div className="foot">
          <Button look="plain" onClick={() => setChosen(new Set(USUAL_COLUMNS))}>
            はじめの列に戻す
          </Button>
          <Button look="secondary" onClick={onClose}>
            やめる
          </Button>
          <Button type="submit" look="primary" blocked={chosen.size === 0 && '列を一つは選んでください'}>
            この列で見る
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
