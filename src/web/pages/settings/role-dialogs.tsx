import { useRef, useState } from 'react'
import { plainDateOf, type PlainDate } from '#kernel/plain-date.ts'
import { api } from '../../lib/api.ts'
import { DateField } from '../../ui/date-field.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Note } from '../../ui/note.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useChange, type Staff, type StaffMember } from './settings-query.ts'
import type { Member } from './staff-panel.tsx'

interface AboutMember {
  readonly data: Staff
  readonly member: StaffMember
  readonly onClose: () => void
}
type RoleName = Staff['roles'][number]['role']

/** 役割を与える, from one day to another. */
export function GrantRoleDialog({ data, member, onClose }: AboutMember) {
  const [role, setRole] = useState('')
  const [validFrom, setFrom] = useState<PlainDate | null>(plainDateOf(data.today))
  const [validTo, setTo] = useState<PlainDate | null>(null)
  const [reason, setReason] = useState('')
  const key = useRef(crypto.randomUUID())
  const chosen = data.roles.find((one) => one.role === role)
  const change = useChange(
    (body: { role: RoleName; validFrom: string; validTo: string | null; reason: string }) =>
      api('POST /api/settings/staff/:userId/roles', {
        params: { userId: member.userId },
        body,
        idempotencyKey: key.current,
      }),
    onClose,
  )
  const blocked = !chosen
    ? '役割を選んでください'
    : validFrom === null
      ? '始めの日を入れてください'
      : reason.trim().length < 2 && 'わけを書いてください'
  return (
    <FormDialog
      title={`${member.name} に役割を与える`}
      act="役割を与える"
      blocked={blocked}
      isPending={change.isPending}
      error={change.error}
      onSubmit={() =>
        chosen && validFrom && change.mutate({ role: chosen.role, validFrom, validTo, reason: reason.trim() })
      }
      onClose={onClose}
    >
      <SelectField
        label="役割"
        isRequired
        value={role}
        onChange={setRole}
        options={[
          { value: '', label: '選んでください' },
          ...data.roles.map((one) => ({ value: one.role, label: one.label })),
        ]}
      />
      <DateField label="始めの日" isRequired value={validFrom} onChange={setFrom} />
      <DateField
        label="最後の日"
        optional="任意"
        value={validTo}
        onChange={setTo}
        hint="この日を過ぎると、ひとりでに終わります。"
      />
      <TextField label="わけ" isRequired value={reason} onChange={setReason} maxLength={200} />
      {chosen?.needsSecond && <Note kind="guard">{chosen.label}は、別の管理者か係長が認めてから効きます。</Note>}
    </FormDialog>
  )
}

/** 役割を終える: on a last day, or at once. */
export function EndRoleDialog({ role, onClose }: { role: StaffMember['roles'][number]; onClose: () => void }) {
  const [on, setOn] = useState<PlainDate | null>(null)
  const [reason, setReason] = useState('')
  const key = useRef(crypto.randomUUID())
  const change = useChange(
    (body: { on: string | null; reason: string }) =>
      api('POST /api/settings/roles/:roleId/end', {
        params: { roleId: role.roleId },
        body,
        idempotencyKey: key.current,
      }),
    onClose,
  )
  return (
    <FormDialog
      title={`役割「${role.label}」を終える`}
      act={on === null ? '直ちに終える' : 'この日で終える'}
      blocked={reason.trim().length < 2 && 'わけを書いてください'}
      isPending={change.isPending}
      error={change.error}
      onSubmit={() => change.mutate({ on, reason: reason.trim() })}
      onClose={onClose}
    >
      <DateField
        label="最後の日"
        optional="任意"
        value={on}
        onChange={setOn}
        hint="空のままなら直ちに終わり、開いている画面もこの役割を失います。"
      />
      <TextField label="わけ" isRequired value={reason} onChange={setReason} maxLength={200} />
    </FormDialog>
  )
}

/** 係に入れる; several at once are 兼務. */
export function JoinUnitDialog({ data, member, onClose }: AboutMember) {
  const [unitId, setUnit] = useState('')
  const [validFrom, setFrom] = useState<PlainDate | null>(plainDateOf(data.today))
  const [validTo, setTo] = useState<PlainDate | null>(null)
  const key = useRef(crypto.randomUUID())
  const change = useChange(
    (body: { userId: string; validFrom: string; validTo: string | null }) =>
      api('POST /api/settings/units/:unitId/members', { params: { unitId }, body, idempotencyKey: key.current }),
    onClose,
  )
  return (
    <FormDialog
      title={`${member.name} を係に入れる`}
      act="係に入れる"
      blocked={unitId === '' ? '係を選んでください' : validFrom === null && '始めの日を入れてください'}
      isPending={change.isPending}
      error={change.error}
      onSubmit={() => validFrom && change.mutate({ userId: member.userId, validFrom, validTo })}
      onClose={onClose}
    >
      <SelectField
        label="係"
        isRequired
        value={unitId}
        onChange={setUnit}
        options={[
          { value: '', label: '選んでください' },
          ...data.units.map((unit) => ({ value: unit.unitId, label: unit.name })),
        ]}
      />
      <DateField label="始めの日" isRequired value={validFrom} onChange={setFrom} />
      <DateField label="最後の日" optional="任意" value={validTo} onChange={setTo} />
    </FormDialog>
  )
}

/** 係から外す: the last day in it. */
export function EndMemberDialog({ member, today, onClose }: { member: Member; today: string; onClose: () => void }) {
  const [on, setOn] = useState<PlainDate | null>(plainDateOf(today))
  const key = useRef(crypto.randomUUID())
  const change = useChange(
    (last: string) =>
      api('POST /api/settings/members/:memberId/end', {
        params: { memberId: member.memberId },
        body: { on: last },
        idempotencyKey: key.current,
      }),
    onClose,
  )
  return (
    <FormDialog
      title="係から外す"
      act="この日で外す"
      blocked={on === null && '最後の日を入れてください'}
      isPending={change.isPending}
      error={change.error}
      onSubmit={() => on && change.mutate(on)}
      onClose={onClose}
    >
      <DateField label="最後の日" isRequired value={on} onChange={setOn} />
    </FormDialog>
  )
}
