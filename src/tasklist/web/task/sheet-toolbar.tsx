import { useRef } from 'react'
import { addressOf } from '#web/lib/api.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { isComposing } from '#web/lib/shortcuts.ts'
import { Button } from '#web/ui/button.tsx'
import { Chip, ConditionChip } from '#web/ui/chip.tsx'
import { Icon } from '#web/ui/icon.tsx'
import type { KindLook } from './kinds/kind.ts'
import type { Worksheet } from './sheet-columns.tsx'
import type { SheetFilter, SheetSearch } from './sheet-query.ts'

interface SheetToolbarProps {
  readonly taskId: string
  readonly look: KindLook
  readonly sheet: Worksheet
  readonly filter: SheetFilter
  readonly sort: string | undefined
  readonly text: string
  readonly onSearch: (search: SheetSearch) => void
  readonly onText: (text: string) => void
  /** 内訳; left out where the list has none. */
  readonly onBreakdown?: (() => void) | undefined
}

const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b)

/** 絞り込み: chips with their 件数, a search that goes by POST, the order, CSV. */
export function SheetToolbar(props: SheetToolbarProps) {
  const { taskId, look, sheet, filter, sort, text, onSearch, onText, onBreakdown } = props
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="toolbar" role="toolbar" aria-label="絞り込み">
      <div className="chips">
        {sheet.chips.map((chip) => (
          <Chip
            key={chip.label}
            isOn={same(chip.filter, filter)}
            onPress={() => onSearch({ ...(sort ? { sort } : {}), filter: chip.filter as SheetFilter })} // the server's own filter words
          >
            {look.verdicts[chip.label]?.word ?? chip.label} {formatNumber(chip.count)}
          </Chip>
        ))}
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
        {text === '' && (
          <a
            className="btn sec"
            href={addressOf(
              'GET /api/tasks/:taskId/worksheet.csv',
              { taskId },
              { ...(Object.keys(filter).length > 0 ? { filter: JSON.stringify(filter) } : {}), sort },
            )}
            download
            aria-label="CSVに出す"
            title="CSVに出す(記録に残ります)"
          >
            <Icon name="dl" />
          </a>
        )}
      </span>
    </div>
  )
}
