import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { ListField } from '#rules/shisan/schema.ts'
import { Button } from '../../ui/button.tsx'
import type { InputProps } from './input-props.ts'
import { blankOf, rowsOf } from './input-values.ts'

interface InputRowsProps extends Omit<InputProps, 'field'> {
  readonly field: ListField
  /** Draws the field of a row. */
  readonly draw: (props: InputProps) => ReactNode
}

/** 行の入力: 世帯員, 年金, 期別. A new row takes the focus; a removed one gives it back to the button that adds. */
export function InputRows({ field, pointer, label, need, value, onChange, errors, draw }: InputRowsProps) {
  const rows = rowsOf(value)
  const box = useRef<HTMLFieldSetElement>(null)
  // a row keeps its inputs when one before it goes
  const [keys, setKeys] = useState(() => rows.map((_, at) => at))
  const [added, setAdded] = useState(0)
  useEffect(() => {
    if (added > 0)
      [...(box.current?.querySelectorAll('[data-row]') ?? [])]
        .at(-1)
        ?.querySelector<HTMLElement>('input, select')
        ?.focus()
  }, [added])
  const change = (next: readonly unknown[]) => {
    errors.mending(pointer)
    onChange(next)
  }
  const add = () => {
    setKeys([...keys, Math.max(-1, ...keys) + 1])
    setAdded(added + 1)
    change([...rows, blankOf(field.items, true) ?? null])
  }
  const remove = (at: number) => {
    rows.forEach((_, row) => row >= at && errors.onUnread(`${pointer}/${row}`, null))
    setKeys(keys.filter((_, row) => row !== at))
    change(rows.filter((_, row) => row !== at))
    box.current?.querySelector<HTMLElement>('[data-add]')?.focus()
  }
  const { items } = field
  const isRecord = 'type' in items && items.type === 'object'
  const least = need === 'required' ? field.minItems : 0
  const canChange = field.maxItems > least
  const error = errors.at(pointer)
  const drawn = (row: unknown, at: number): ReactNode =>
    draw({
      field: items,
      pointer: `${pointer}/${at}`,
      label: isRecord ? `${label} ${at + 1}行目` : `${items.title} ${at + 1}`,
      need: 'row',
      value: row ?? undefined,
      errors,
      onChange: (next) => onChange(rows.map((other, index) => (index === at ? (next ?? null) : other))),
    })
  return (
    <fieldset className="fld group" id={errors.idOf(pointer)} tabIndex={-1} ref={box}>
      <legend>
        {label}
        {need === 'optional' && <span className="opt">任意</span>}
      </legend>
      {field.description && <p className="hint">{field.description}</p>}
      {error && <p className="err">{error}</p>}
      {isRecord ? (
        rows.map((row, at) => (
          <div key={keys[at]} className="inputrow" data-row="">
            {drawn(row, at)}
            {rows.length > least && canChange && (
              <Button look="secondary" icon="x" aria-label={`${label} ${at + 1}行目を消す`} onClick={() => remove(at)}>
                消す
              </Button>
            )}
          </div>
        ))
      ) : (
        <div className="inputs short">
          {rows.map((row, at) => (
            <div key={keys[at]} data-row="">
              {drawn(row, at)}
            </div>
          ))}
        </div>
      )}
      {canChange && (
        <div className="row">
          <Button
            icon="plus"
            data-add=""
            blocked={rows.length >= field.maxItems && `${field.maxItems}行までです`}
            onClick={add}
          >
            {label}を足す
          </Button>
          {!isRecord && rows.length > least && (
            <Button look="secondary" icon="minus" onClick={() => remove(rows.length - 1)}>
              {label}の最後を消す
            </Button>
          )}
        </div>
      )}
    </fieldset>
  )
}
