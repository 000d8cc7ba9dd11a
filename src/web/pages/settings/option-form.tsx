import { useRef, useState } from 'react'
import type { PlainDate } from '#kernel/plain-date.ts'
import { readTenths, sayTenths } from '#rules/interest/tenths.ts'
import { api } from '../../lib/api.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { DateField } from '../../ui/date-field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Note } from '../../ui/note.tsx'
import { halfWidth } from './half-width.ts'
import { useChange, type OptionDetail } from './settings-query.ts'

type Value = number | boolean | string

/** What was typed or chosen, as the option takes it; null while it is none. The server checks the range. */
function readValue({ type, choices }: OptionDetail, text: string): Value | null {
  if (text === '') return null
  if (type === 'boolean') return text === 'true'
  if (type === 'choice') return text
  const digits = halfWidth(text).replaceAll(',', '')
  if (type === 'percent') return readTenths(digits) // the option counts tenths of a percent
  if (!/^\d{1,12}$/.test(digits)) return null
  return choices.length === 0 || choices.some(({ value }) => value === digits) ? Number(digits) : null
}

function rangeOf({ type, min, max }: OptionDetail): string {
  if (min === null || max === null) return ''
  return type === 'percent'
    ? `${sayTenths(min)}から${sayTenths(max)}まで、小数第1位まで`
    : `${formatNumber(min)}から${formatNumber(max)}まで`
}

/** 変更を出す: value, from which day, by what right and why. It counts once another person has put it in force. */
export function OptionForm({ detail, onClose }: { detail: OptionDetail; onClose: () => void }) {
  const [text, setText] = useState('')
  const [validFrom, setValidFrom] = useState<PlainDate | null>(null)
  const [legalSource, setLegalSource] = useState('')
  const [reason, setReason] = useState('')
  const key = useRef(crypto.randomUUID())
  const value = readValue(detail, text)
  const { flow, name } = detail
  const change = useChange(
    (body: { value: Value; validFrom: string; legalSource: string; reason: string }) =>
      api('POST /api/settings/options/:flow/:name', { params: { flow, name }, body, idempotencyKey: key.current }),
    onClose,
  )
  const blocked =
    value === null
      ? '新しい値を入れてください'
      : validFrom === null
        ? '施行日を入れてください'
        : legalSource.trim().length < 2
          ? '根拠を書いてください'
          : reason.trim().length < 2 && 'わけを書いてください'
  return (
    <FormDialog
      title={`「${detail.label}」の変更を出す`}
      act="変更を出す"
      blocked={blocked}
      isPending={change.isPending}
      error={change.error}
      onSubmit={() =>
        value !== null &&
        validFrom !== null &&
        change.mutate({ value, validFrom, legalSource: legalSource.trim(), reason: reason.trim() })
      }
      onClose={onClose}
    >
      <p className="sub">今の値 {detail.valueText}</p>
      {detail.choices.length > 0 ? (
        <SelectField
          label="新しい値"
          isRequired
          value={text}
          onChange={setText}
          options={[{ value: '', label: '選んでください' }, ...detail.choices]}
        />
      ) : (
        <TextField
          label={`新しい値(${detail.unit || '数'})`}
          isRequired
          value={text}
          onChange={setText}
          maxLength={12}
          hint={rangeOf(detail)}
        />
      )}
      <DateField
        label={detail.basis === '暦年' ? '施行日(この日の属する年だけ)' : `施行日(${detail.basis}がこの日から)`}
        isRequired
        value={validFrom}
        onChange={setValidFrom}
      />
      <TextField
        label="根拠"
        isRequired
        value={legalSource}
        onChange={setLegalSource}
        maxLength={200}
        hint="条例・規則・要綱の名前と条"
      />
      <TextField label="わけ" isRequired value={reason} onChange={setReason} maxLength={200} />
      <Note kind="info">
        開いている処理 {formatNumber(detail.impact.openRunCount)}件は変わりません。別の係長が施行してから効きます。
      </Note>
    </FormDialog>
  )
}
