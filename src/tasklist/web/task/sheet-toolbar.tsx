import { useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatNumber } from '#web/lib/numbers.ts'
import { isComposing } from '#web/lib/shortcuts.ts'
import { Button } from '#web/ui/button.tsx'
import { Chip, ConditionChip } from '#web/ui/chip.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { ColumnsDialog } from './columns-dialog.tsx'
import { CsvDialog } from './csv-dialog.tsx'
import type { KindLook } from './kinds/kind.ts'
import type { Worksheet } from './sheet-columns.tsx'
import { sheetTextKey, type SheetFilter, type SheetSearch } from './sheet-query.ts'

interface SheetToolbarProps {
  readonly taskId: string
  readonly look: KindLook
  readonly sheet: Worksheet
  readonly filter: SheetFilter
  readonly sort: string | undefined
  readonly text: string
  /** Rows the filter shows. */
  readonly count: number
  /** Columns that may be left out, and the names of those on screen. */
  readonly choosable: readonly { readonly key: string; readonly head: string }[]
  readonly shown: readonly string[]
  readonly onSearch: (search: SheetSearch) => void
  readonly onText: (text: string) => void
  /** 内訳; left out where the list has none. */
  readonly onBreakdown?: (() => void) | undefined
}

const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b)

/** 絞り込み: chips with their 件数, a search that goes by POST, the order, columns, CSV, paper. */
export function SheetToolbar(props: SheetToolbarProps) {
  const { taskId, look, sheet, filter, sort, text, count, choosable, shown, onSearch, onText, onBreakdown } = props
  const input = useRef<HTMLInputElement>(null)
  const client = useQueryClient()
  const [open, setOpen] = useState<'columns' | 'csv' | null>(null)
  return (
    <div className="toolbar" role="toolbar" aria-label="絞り込み">
      <div className="chips">
        {text !== '' && (
          <ConditionChip
            onRemove={() => {
              if (input.current) input.current.value = ''
              onText('')
            }}
          >
            番号・氏名で探した結果
          </ConditionChip>
        )}
        {sheet.chips.map((chip) => (
          <Chip
            key={chip.label}
            isOn={same(chip.filter, filter)}
            onPress={() => onSearch({ ...(sort ? { sort } : {}), filter: chip.filter as SheetFilter })} // the server's own filter words
          >
            {look.chips?.[chip.label] ?? look.verdicts[chip.label]?.word ?? chip.label} {formatNumber(chip.count)}
          </Chip>
        ))}
      </div>
      <span className="end row">
        <label className="sub" htmlFor="sheet-text">
          番号・氏名
        </label>
        <input
          ref={input}
          id="sheet-text"
          className="inp short"
          title="この一覧を番号・カナ・氏名で探す(Enter)"
          autoComplete="off"
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || isComposing(event)) return
            event.preventDefault()
            onText(event.currentTarget.value.trim())
          }}
        />
        <label className="vh" htmlFor="sheet-order">
          並べ方
        </label>
        <select
          className="inp auto"
          id="sheet-order"
          value={sort ?? ''}
          onChange={({ target: { value } }) => onSearch({ filter, ...(value === '' ? {} : { sort: value }) })}
        >
          <option value="">注意のある順</option>
          {sheet.columns
            .filter(({ isSortable }) => isSortable)
            .flatMap(({ name, label }) => [
              <option key={name} value={name}>
                {label} 小さい順
              </option>,
              <option key={`-${name}`} value={`-${name}`}>
                {label} 大きい順
              </option>,
            ])}
        </select>
        {onBreakdown && (
          <Button look="secondary" onClick={onBreakdown}>
            内訳
          </Button>
        )}
        <Button
          look="secondary"
          icon="cols"
          aria-label="列を選ぶ"
          title="列を選ぶ"
          onClick={() => setOpen('columns')}
        />
        <Button
          look="secondary"
          icon="dl"
          aria-label="CSVに出す"
          title="CSVに出す(記録に残ります)"
          blocked={text !== '' && '番号・氏名で探した結果はCSVに出せません。条件を外してください'}
          onClick={() => setOpen('csv')}
        />
        <Link
          className="btn sec"
          aria-label="印刷の確認"
          title="印刷の確認(記録に残ります)"
          to="/tasks/$taskId/print"
          params={{ taskId }}
          search={{ filter, ...(sort ? { sort } : {}) }}
          onClick={() => client.setQueryData(sheetTextKey(taskId), text)}
        >
          <Icon name="print" />
        </Link>
      </span>
      {open === 'columns' && (
        <ColumnsDialog
          kind={sheet.kind}
          columns={choosable}
          hidden={sheet.hiddenColumns}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'csv' && (
        <CsvDialog
          taskId={taskId}
          count={count}
          filter={filter}
          sort={sort}
          shown={shown}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  )
}
