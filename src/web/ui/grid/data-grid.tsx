import { useEffect, useId, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import { Icon } from '../icon.tsx'
import { isComposing } from '../../lib/shortcuts.ts'
import { extended, isChosen, nothing, toggled, type Selection } from './selection.ts'
import { useRowWindow } from './use-row-window.ts'

export interface GridColumn<Row> {
  readonly key: string
  readonly head: string
  /** In rem. A column without width takes what is left. */
  readonly width?: number
  readonly isNumber?: boolean
  readonly isFrozen?: boolean
  /** Name of the column to sort by; without it the head is plain. */
  readonly sort?: string | undefined
  readonly className?: string
  cell(row: Row): ReactNode
  title?(row: Row): string | undefined
  readonly foot?: ReactNode
}

export interface GridSort {
  readonly column: string
  readonly descending: boolean
}

interface DataGridProps<Row> {
  readonly label: string
  readonly columns: readonly GridColumn<Row>[]
  /** Rows the filter shows, loaded or not. */
  readonly count: number
  /** Rows of the whole list when only a page of it is here. */
  readonly total?: number
  readonly offset?: number
  rowAt(index: number): Row | undefined
  keyOf(row: Row): string
  /** What a screen reader hears for the row's check box. */
  nameOf(row: Row): string
  classOf?(row: Row): string | undefined
  readonly focus: number
  readonly onFocus: (index: number) => void
  readonly selection?: Selection
  readonly onSelect?: (selection: Selection) => void
  readonly onOpen?: (row: Row) => void
  readonly sort?: GridSort | null
  readonly onSort?: (sort: GridSort) => void
  readonly onRange?: (first: number, last: number) => void
  /** Text of the foot row over the frozen columns; without it there is no foot. */
  readonly footLabel?: string
  /** Cards on a narrow screen, for a list of one page: a longer one draws only what is seen, in rows of one height. */
  readonly isStackable?: boolean
  readonly empty?: ReactNode
  readonly minWidth?: number
}

const CHECK = 2
/** Rows of the longest page of a paged list. */
const DRAWN_WHOLE = 100
const HEAD_PX = 29
const FOOT_PX = 25

/**
 * 確認の表: one roving row, one stop of the Tab key. ↑↓ Home End PageUp PageDown move, Space selects, Shift+↑↓ extends,
 * Enter opens, Esc unselects. The box keeps the focus (aria-activedescendant), so that a row may leave the page by
 * scrolling without taking the focus with it.
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { columns, count, rowAt, keyOf, focus, onFocus, selection, onSelect, sort, onSort } = props
  const isStackable = props.isStackable === true && count <= DRAWN_WHOLE
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const anchor = useRef<number | null>(null)
  const window = useRowWindow(box, count, HEAD_PX, props.footLabel ? FOOT_PX : 0)
  const { first, last } = isStackable ? { first: 0, last: count - 1 } : window
  const { onRange } = props
  useEffect(() => onRange?.(first, last), [onRange, first, last])

  const move = (to: number, isExtending: boolean) => {
    const next = Math.max(0, Math.min(count - 1, to))
    if (isExtending && onSelect && selection) {
      anchor.current ??= focus
      const [from, until] = [Math.min(anchor.current, next), Math.max(anchor.current, next)]
      const keys: string[] = []
      for (let index = from; index <= until; index += 1) {
        const row = rowAt(index)
        if (row !== undefined) keys.push(keyOf(row))
      }
      onSelect(extended(selection, keys))
    } else anchor.current = null
    onFocus(next)
    if (isStackable) document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' })
    else window.show(next)
  }

  const onKey = (event: KeyboardEvent) => {
    if (isComposing(event) || event.ctrlKey || event.altKey || event.metaKey || count === 0) return
    const at = Math.max(0, focus)
    const to: Record<string, number> = {
      ArrowDown: focus < 0 ? 0 : at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: count - 1,
      PageDown: at + window.page,
      PageUp: at - window.page,
    }
    const target = to[event.key]
    const row = rowAt(at)
    if (target !== undefined) move(target, event.shiftKey)
    else if (event.key === ' ' && row !== undefined && onSelect && selection) {
      anchor.current = at
      onSelect(toggled(selection, keyOf(row)))
    } else if (event.key === 'Enter' && row !== undefined && props.onOpen) props.onOpen(row)
    else if (event.key === 'Escape' && onSelect) onSelect(nothing)
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight')
      box.current?.scrollBy({ left: event.key === 'ArrowLeft' ? -120 : 120 })
    else return
    event.preventDefault()
  }

  const onClick = (event: MouseEvent, index: number, row: Row | undefined) => {
    onFocus(index)
    if (row === undefined) return
    const target = event.target as HTMLElement // a click inside a row has an element as its target
    if (target.closest('a')) return
    box.current?.focus({ preventScroll: true })
    if (!onSelect || !selection) return
    if (event.shiftKey) move(index, true)
    else if (target.closest('.gchk')) onSelect(toggled(selection, keyOf(row)))
  }

  let left = 0
  const placed = columns.map((column) => {
    const at = left + (onSelect ? CHECK : 0)
    left += column.isFrozen ? (column.width ?? 0) : 0
    return { column, left: column.isFrozen ? at : undefined }
  })
  const frozen = columns.filter(({ isFrozen }) => isFrozen).length
  const cellClass = (column: GridColumn<Row>, index: number): string =>
    [
      column.isNumber ? 'n' : '',
      column.isFrozen ? 'frz' : '',
      column.isFrozen && index === frozen - 1 ? 'frz-edge' : '',
      column.className ?? '',
    ]
      .filter(Boolean)
      .join(' ')
  const isAll = selection?.kind === 'all'

  const rows: ReactNode[] = []
  for (let index = first; index <= last; index += 1) {
    const row = rowAt(index)
    const isSelected = row !== undefined && selection !== undefined && isChosen(selection, keyOf(row))
    rows.push(
      <tr
        key={index}
        id={`${id}-${index}`}
        role="row"
        aria-rowindex={(props.offset ?? 0) + index + 2}
        aria-selected={onSelect ? isSelected : undefined}
        className={[index === focus ? 'is-focus' : '', (row !== undefined && props.classOf?.(row)) || '']
          .filter(Boolean)
          .join(' ')}
        onClick={(event) => onClick(event, index, row)}
        onDoubleClick={() => row !== undefined && props.onOpen?.(row)}
      >
        {onSelect && (
          <td role="gridcell" className="gchk frz">
            <input
              type="checkbox"
              tabIndex={-1}
              readOnly
              checked={isSelected}
              aria-label={row === undefined ? '読み込み中の行' : `${props.nameOf(row)} を選ぶ`}
            />
          </td>
        )}
        {placed.map(({ column, left: at }, columnIndex) => (
          <td
            key={column.key}
            role="gridcell"
            className={cellClass(column, columnIndex)}
            style={at === undefined ? undefined : { left: `${at}rem` }}
            data-l={isStackable && column.head !== '' ? column.head : undefined}
            title={row === undefined ? undefined : column.title?.(row)}
          >
            {row === undefined ? (columnIndex === 0 ? '…' : '') : column.cell(row)}
          </td>
        ))}
      </tr>,
    )
  }

  return (
    <div
      ref={box}
      className="tablewrap gridbox"
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={(props.total ?? count) + 1}
      aria-colcount={columns.length + (onSelect ? 1 : 0)}
      aria-multiselectable={onSelect ? true : undefined}
      aria-activedescendant={focus >= first && focus <= last && focus < count ? `${id}-${focus}` : undefined}
      onKeyDown={onKey}
      onFocus={() => focus < 0 && count > 0 && onFocus(0)}
    >
      <table
        className={`grid ${isStackable ? 'stackable' : ''}`}
        role="presentation"
        style={props.minWidth ? { minWidth: `${props.minWidth}rem` } : undefined}
      >
        <colgroup>
          {onSelect && <col style={{ width: `${CHECK}rem` }} />}
          {columns.map(({ key, width }) => (
            <col key={key} style={width ? { width: `${width}rem` } : undefined} />
          ))}
        </colgroup>
        <thead role="rowgroup">
          <tr role="row" aria-rowindex={1}>
            {onSelect && (
              <th role="columnheader" className="gchk frz">
                <input
                  type="checkbox"
                  tabIndex={-1}
                  checked={isAll}
                  aria-label={`${count.toLocaleString('en-US')}件をすべて選ぶ`}
                  onChange={() => onSelect(isAll ? nothing : { kind: 'all' })}
                />
              </th>
            )}
            {placed.map(({ column, left: at }, index) => (
              <th
                key={column.key}
                role="columnheader"
                className={cellClass(column, index)}
                style={at === undefined ? undefined : { left: `${at}rem` }}
                aria-sort={
                  sort && column.sort === sort.column ? (sort.descending ? 'descending' : 'ascending') : undefined
                }
              >
                <ColumnHead column={column} sort={sort ?? null} onSort={onSort} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {!isStackable && window.above > 0 && <Space height={window.above} />}
          {rows}
          {!isStackable && window.below > 0 && <Space height={window.below} />}
        </tbody>
        {props.footLabel && (
          <tfoot role="rowgroup">
            <tr role="row" aria-rowindex={(props.total ?? count) + 2}>
              <td role="gridcell" className="frz foot-label" colSpan={Math.max(1, frozen + (onSelect ? 1 : 0))}>
                {props.footLabel}
              </td>
              {columns.slice(Math.max(frozen, onSelect ? 0 : 1)).map((column) => (
                <td key={column.key} role="gridcell" className={column.isNumber ? 'n' : ''}>
                  {column.foot}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
      {count === 0 && props.empty}
    </div>
  )
}

const Space = ({ height }: { height: number }) => <tr aria-hidden="true" className="gspace" style={{ height }} />

function ColumnHead<Row>({
  column,
  sort,
  onSort,
}: {
  column: GridColumn<Row>
  sort: GridSort | null
  onSort: ((sort: GridSort) => void) | undefined
}) {
  const by = column.sort
  if (by === undefined || !onSort) return column.head
  const isSorted = sort?.column === by
  return (
    <button
      type="button"
      className="sortb"
      tabIndex={-1}
      onClick={() => onSort({ column: by, descending: isSorted ? !sort.descending : false })}
    >
      {column.head}
      {isSorted && <Icon name={sort.descending ? 'down' : 'up'} label={sort.descending ? '大きい順' : '小さい順'} />}
    </button>
  )
}
