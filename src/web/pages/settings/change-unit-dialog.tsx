import { useState } from 'react'
import { parsePlainDate, type PlainDate } from '#kernel/plain-date.ts'
import { api } from '../../lib/api.ts'
import { DateField } from '../../ui/date-field.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useChange, type Staff } from './settings-query.ts'

type Unit = Staff['units'][number]

/** 係を改める: its name, and the last day of one that is given up. */
export function ChangeUnitDialog({ units, onClose }: { units: readonly Unit[]; onClose: () => void }) {
  const [unitId, setUnit] = useState('')
  const [name, setName] = useState('')
  const [kana, setKana] = useState('')
  const [validTo, setTo] = useState<PlainDate | null>(null)
  const choose = (id: string) => {
    const unit = units.find((one) => one.unitId === id)
    setUnit(id)
    setName(unit?.name ?? '')
    setKana(unit?.kana ?? '')
    setTo(parsePlainDate(unit?.validTo ?? ''))
  }
  const change = useChange(
    (body: { name: string; kana: string; validTo: string | null }) =>
      api('PUT /api/settings/units/:unitId', { params: { unitId }, body }),
    onClose,
  )
  return (
    <FormDialog
      title="係を改める"
      act="改める"
      blocked={
        unitId === ''
          ? '係を選んでください'
          : (name.trim() === '' || kana.trim() === '') && '名前とカナを入れてください'
      }
      isPending={change.isPending}
      error={change.error}
      onSubmit={() => change.mutate({ name: name.trim(), kana: kana.trim(), validTo })}
      onClose={onClose}
    >
      <SelectField
        label="係"
        isRequired
        value={unitId}
        onChange={choose}
        options={[
          { value: '', label: '選んでください' },
          ...units.map((unit) => ({ value: unit.unitId, label: `${unit.code} ${unit.name}` })),
        ]}
      />
      <TextField label="名前" isRequired value={name} onChange={setName} maxLength={60} />
      <TextField label="カナ" isRequired value={kana} onChange={setKana} maxLength={60} />
      <DateField label="最後の日" optional="任意" value={validTo} onChange={setTo} hint="なくなる係に入れます" />
    </FormDialog>
  )
}
